using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The windows of one definition over one partition.</summary>
/// <param name="since">Windows that begin before this are not published: they would not be whole.</param>
internal abstract class DefinedWindows(WindowDefinition definition, long since)
{
    public WindowDefinition Definition => definition;
    public long Since => since;

    /// <summary>Of the parts of event time that are still needed, the one that began earliest in the input.</summary>
    public abstract LivePart? Earliest { get; }

    /// <summary>Begins a batch: what the results of the last one referred to may go.</summary>
    public abstract void Begin();

    /// <summary>Makes room for the series of a table.</summary>
    /// <param name="isNew">Its numbers mean others than before.</param>
    public abstract void Meet(SeriesTable series, bool isNew);

    public abstract void Add(in Sample sample, SignalBatch output);

    public abstract void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output);

    /// <summary>Another run will take in again what this one holds.</summary>
    public abstract void GiveBack();

    public abstract void Settle();

    /// <param name="node">The partition's name: partial results say that they come from it, and overflow of windows that are not merged.</param>
    public static DefinedWindows Of(WindowPlan plan, WindowStart start, string node, LedgerAccount account) => plan.Definition.Kind switch
    {
        WindowKind.Session => new SessionWindows(plan.Definition, start, node, account),
        WindowKind.Sliding => new SlidingWindows(plan.Definition, start, node, account),
        _ => new SlicedWindows(plan, start, node, account),
    };
}

/// <summary>What windows begin from.</summary>
/// <param name="Since">Windows that begin before this would not be whole.</param>
/// <param name="PartsSince">The same of its results as parts of longer windows; null where they are none.</param>
internal readonly record struct WindowStart(WatermarkRecord Watermark, long Since, long? PartsSince);
