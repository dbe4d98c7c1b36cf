using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Windows that begin and end with their samples. Which samples they take depends on time alone: one that comes more than the lateness behind
/// the watermark is left out, so that a rewind, which sees fewer of the samples of old windows, decides alike.
/// </summary>
internal abstract class EventWindows : DefinedWindows
{
    private readonly SeriesGroups _groupOf;
    private readonly LedgerAccount _account;
    private WatermarkRecord _watermark;
    private SeriesTable _series = new();
    private long _in, _held;

    protected EventWindows(WindowDefinition definition, WindowStart start, string node, LedgerAccount account) : base(definition, start.Since)
    {
        (_watermark, _account) = (start.Watermark, account);
        Groups = new WindowGroups(definition, LabelSet.Of(("overflow", node)));
        Parts = new EventParts(Groups, definition.Part);
        Due = new DueResults(Groups);
        Writer = new ResultWriter(definition, isPartial: false);
        _groupOf = Groups.Series;
    }

    public sealed override LivePart? Earliest => Parts.Earliest;

    protected WindowGroups Groups { get; }
    protected EventParts Parts { get; }
    protected DueResults Due { get; }
    protected ResultWriter Writer { get; }

    public sealed override void Begin() => Groups.Sweep([]);

    public sealed override void Meet(SeriesTable series, bool isNew)
    {
        _series = series;
        _groupOf.Grow(series.Count);
        if (isNew) _groupOf.Clear();
    }

    public sealed override void Add(in Sample sample, SignalBatch output)
    {
        _in++;
        var group = _groupOf[sample.Series];
        var labels = group >= 0 ? Groups[group].Labels : group == SeriesGroups.None ? null : Definition.GroupOf(_series[sample.Series].Labels);
        if (labels is null)
        {
            _groupOf.Exclude(sample.Series);
            _account.OnDropped(DropReason.Filtered, 1);
            return;
        }
        if (sample.Time < Before(_watermark.Time, Definition.Lateness))
        {
            output.Add(new Signal(SignalKind.Late, sample.Cause, 0, sample.Time, new LateRecord(
                Definition.Name, _series[sample.Series].Metric, labels, sample.Time, sample.Value, _watermark.Time, sample.Cause, [EndOf(sample.Time)])));
            _account.OnDropped(DropReason.Late, 1);
            return;
        }
        var part = Parts.Open(sample.Time, sample.Cause, _watermark);
        if (group < 0) group = Join(sample.Series, labels, part);
        if (group < 0 || !part.Admits(group, Definition.MaxGroups)) group = Groups.Overflow.Id;
        Parts.Join(part, group);
        _held++;
        Take(group, sample.Time, sample.Value + 0.0); // -0 becomes 0
    }

    public sealed override void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
    {
        var from = _watermark.Time;
        _watermark = watermark;
        if (watermark.Time == from) return;
        Collect(from, watermark.Time, output.Results);
        Due.Publish(cause, output);
        while (Parts.First is { } part && IsOver(part, watermark.Time))
        {
            Expire(part);
            Parts.RemoveFirst();
        }
    }

    public sealed override void GiveBack() => _account.GiveBack();

    public sealed override void Settle()
    {
        _account.In(_in);
        _in = 0;
        _account.Held(_held);
        _account.Settle();
    }

    /// <summary>The end of the window that a sample would make alone.</summary>
    protected abstract long EndOf(long time);

    protected abstract void Take(int group, long time, double value);

    /// <summary>Writes what is to be published now, and adds it to <see cref="Due"/>.</summary>
    /// <param name="from">The watermark before.</param>
    protected abstract void Collect(long from, long watermark, WindowResults results);

    /// <summary>Whether no window needs the part any more, and none will.</summary>
    protected abstract bool IsOver(EventPart part, long watermark);

    /// <summary>Lets go of what is kept of a part.</summary>
    protected abstract void Expire(EventPart part);

    /// <summary>No window holds so many samples any more.</summary>
    protected void Release(long samples)
    {
        _held -= samples;
        _account.Out(samples);
    }

    /// <summary>An instant a while before a watermark; there may be none yet.</summary>
    protected static long Before(long watermark, long milliseconds) => watermark == long.MinValue ? watermark : watermark - milliseconds;

    /// <summary>Finds the group of a series, or makes it.</summary>
    /// <returns>Its number, or a negative one where there is no room for it.</returns>
    private int Join(int series, LabelSet labels, EventPart part)
    {
        var metric = _series[series].Metric;
        var group = Groups.Find(metric, labels);
        if (group is null && !part.Admits(-1, Definition.MaxGroups)) return -1;
        group ??= Groups.Add(metric, labels);
        _groupOf.Join(series, group.Id);
        return group.Id;
    }
}
