using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Windows that begin and end with their samples. Which samples they take depends on time alone: one that comes more than the lateness behind
/// the watermark is left out, so that a rewind, which sees fewer of the samples of old windows, decides alike.
/// </summary>
internal abstract class EventWindows : DefinedWindows
{
    protected EventWindows(WindowDefinition definition, WindowStart start, string node, LedgerAccount account) : base(definition, start, node, account)
    {
        Parts = new EventParts(Groups, definition.Part);
        Due = new DueResults(Groups);
        Writer = new ResultWriter(definition, isPartial: false);
    }

    public sealed override LivePart? Earliest => Parts.Earliest;

    protected EventParts Parts { get; }
    protected DueResults Due { get; }
    protected ResultWriter Writer { get; }

    public sealed override void Begin() => Groups.Sweep([]);

    protected sealed override void Take(ReadOnlySpan<Sample> samples, SignalBatch output)
    {
        foreach (ref readonly var sample in samples) Take(sample, output);
    }

    private void Take(in Sample sample, SignalBatch output)
    {
        var group = Groups.Series[sample.Series];
        if (LabelsOf(sample, group) is not { } labels) return;
        if (sample.Time < Final)
        {
            output.Add(LateSignal(sample, labels, [EndOf(sample.Time)]));
            DropLate();
            return;
        }
        var part = Parts.Open(sample.Time, sample.Cause, Watermark);
        if (group < 0) group = Join(sample, labels, part);
        if (group < 0 || !part.Admits(group, Definition.MaxGroups)) group = Pool();
        Parts.Join(part, group);
        Hold(1);
        Take(group, new StatisticSample(sample.Time, sample.Value + 0.0, TagOf(sample))); // -0 becomes 0
    }

    protected sealed override void Publish(long from, in Signal cause, SignalBatch output)
    {
        Collect(from, Watermark.Time, output.Results);
        Due.Publish(cause, output);
        while (Parts.First is { } part && IsOver(part, Watermark.Time))
        {
            Expire(part);
            Parts.RemoveFirst();
        }
    }

    /// <summary>The end of the window that a sample would make alone.</summary>
    protected abstract long EndOf(long time);

    protected abstract void Take(int group, in StatisticSample sample);

    /// <summary>Writes what is to be published now, and adds it to <see cref="Due"/>.</summary>
    /// <param name="from">The watermark before.</param>
    protected abstract void Collect(long from, long watermark, WindowResults results);

    /// <summary>Whether no window needs the part any more, and none will.</summary>
    protected abstract bool IsOver(EventPart part, long watermark);

    /// <summary>Lets go of what is kept of a part.</summary>
    protected abstract void Expire(EventPart part);

    /// <summary>No sample is taken that is earlier than this, Unix milliseconds.</summary>
    protected long Final => Watermark.Time == long.MinValue ? long.MinValue : Watermark.Time - Definition.Lateness;

    /// <summary>Finds the group of a series, or makes it.</summary>
    /// <returns>Its number, or a negative one where there is no room for it.</returns>
    private int Join(in Sample sample, LabelSet labels, EventPart part)
    {
        var metric = MetricOf(sample);
        var group = Groups.Find(metric, labels);
        if (group is null && !part.Admits(-1, Definition.MaxGroups)) return -1;
        group ??= Groups.Add(metric, labels);
        Groups.Series.Join(sample.Series, group.Id);
        return group.Id;
    }
}
