using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The windows of one definition over one partition.</summary>
internal abstract class DefinedWindows
{
    private readonly LedgerAccount _account;
    private readonly SeriesTags? _tags;
    private SeriesTable _series = new();
    private long _in, _held;

    /// <param name="overflow">What the group of those for which there is no room says of itself.</param>
    protected DefinedWindows(WindowDefinition definition, WindowStart start, string overflow, LedgerAccount account)
    {
        (Definition, Since, Watermark, _account) = (definition, start.Since, start.Watermark, account);
        Groups = new WindowGroups(definition, LabelSet.Of(("overflow", overflow)));
        _tags = definition.Statistics is { NeedsTags: true } statistics ? new SeriesTags(statistics) : null;
    }

    public WindowDefinition Definition { get; }

    /// <summary>Windows that begin before this are not published: they would not be whole.</summary>
    public long Since { get; }

    /// <summary>Of the parts of event time that are still needed, the one that began earliest in the input.</summary>
    public abstract LivePart? Earliest { get; }

    protected WindowGroups Groups { get; }

    protected WatermarkRecord Watermark { get; private set; }

    /// <summary>Begins a batch: what the results of the last one referred to may go.</summary>
    public abstract void Begin();

    /// <summary>Makes room for the series of a table.</summary>
    /// <param name="isNew">Its numbers mean others than before.</param>
    public void Meet(SeriesTable series, bool isNew)
    {
        _series = series;
        Groups.Series.Grow(series.Count);
        if (isNew) Groups.Series.Clear();
        _tags?.Meet(series, isNew);
    }

    /// <summary>Takes in samples of series that the definition takes.</summary>
    /// <param name="output">For those that come too late.</param>
    public void Add(ReadOnlySpan<Sample> samples, SignalBatch output)
    {
        _in += samples.Length;
        Take(samples, output);
    }

    public void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
    {
        var from = Watermark.Time;
        Watermark = watermark;
        if (watermark.Time != from) Publish(from, cause, output);
    }

    /// <summary>Another run will take in again what this one holds.</summary>
    public void GiveBack() => _account.GiveBack();

    public void Settle()
    {
        _account.In(_in);
        _in = 0;
        _account.Held(_held);
        _account.Settle();
    }

    /// <param name="node">The partition's name: partial results say that they come from it, and overflow of windows that are not merged.</param>
    public static DefinedWindows Of(WindowPlan plan, WindowStart start, string node, LedgerAccount account) => plan.Definition.Kind switch
    {
        WindowKind.Session => new SessionWindows(plan.Definition, start, node, account),
        WindowKind.Sliding => new SlidingWindows(plan.Definition, start, node, account),
        _ => new SlicedWindows(plan, start, node, account),
    };

    /// <summary>Publishes what is due by the watermark, and lets go of what is final.</summary>
    /// <param name="from">The watermark before.</param>
    protected abstract void Publish(long from, in Signal cause, SignalBatch output);

    protected abstract void Take(ReadOnlySpan<Sample> samples, SignalBatch output);

    /// <summary>The labels of a sample's group, or null where it belongs to none: then it is dropped.</summary>
    /// <param name="group">As far as it is known.</param>
    protected LabelSet? LabelsOf(in Sample sample, int group)
    {
        var labels = group >= 0 ? Groups[group].Labels : group == SeriesGroups.None ? null : Definition.GroupOf(_series[sample.Series].Labels);
        if (labels is not null) return labels;
        Groups.Series.Exclude(sample.Series);
        _account.OnDropped(DropReason.Filtered, 1);
        return null;
    }

    /// <summary>Drops a sample that came too late.</summary>
    protected void DropLate() => _account.OnDropped(DropReason.Late, 1);

    /// <summary>The group of a sample for whose own there is no room.</summary>
    protected int Pool()
    {
        _account.Pooled(1);
        return Groups.Overflow.Id;
    }

    /// <summary>A late sample, as it goes to its topic.</summary>
    protected Signal LateSignal(in Sample sample, LabelSet labels, long[] missed) => new(SignalKind.Late, sample.Cause, 0, sample.Time,
        new LateRecord(Definition.Name, MetricOf(sample), labels, sample.Time, sample.Value, Watermark.Time, sample.Cause, missed));

    /// <summary>What statistics need to know of a sample's series; nothing where none needs it.</summary>
    protected SampleTag TagOf(in Sample sample) => _tags is null ? default : _tags[sample.Series];

    protected bool HasTags => _tags is not null;

    protected string MetricOf(in Sample sample) => _series[sample.Series].Metric;

    /// <summary>Windows hold further samples.</summary>
    protected void Hold(int samples) => _held += samples;

    /// <summary>No window holds so many samples any more.</summary>
    protected void Release(long samples)
    {
        _held -= samples;
        _account.Out(samples);
    }
}

/// <summary>What windows begin from.</summary>
/// <param name="Since">Windows that begin before this would not be whole.</param>
/// <param name="PartsSince">The same of its results as parts of longer windows; null where they are none.</param>
internal readonly record struct WindowStart(WatermarkRecord Watermark, long Since, long? PartsSince);
