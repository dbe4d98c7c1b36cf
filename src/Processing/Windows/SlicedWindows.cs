using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The windows of one definition over one partition. Each sample is added to the log of one slice, whatever the overlap; a window is
/// published when the watermark reaches its end, again with a higher revision at the next watermark after late samples changed it, and is
/// final when the watermark has passed its end by the lateness.
/// </summary>
internal sealed class SlicedWindows : DefinedWindows
{
    private readonly WindowDefinition _definition;
    private readonly Slicing _slicing;
    private readonly LedgerAccount _account;
    private readonly WindowGroups _groups;
    private readonly SeriesGroups _groupOf;
    private readonly SeriesTags? _tags;
    private readonly WindowSlices _slices;
    private readonly WindowFiring _firing;
    private readonly LateSamples _late;
    private WatermarkRecord _watermark;
    private SeriesTable _series = new();
    private WindowSlice? _open;
    private long _openStart = long.MinValue, _unpublishedFrom = long.MinValue;
    private long _in, _held;
    private bool _isCrowded, _isPlain;

    /// <param name="node">The partition's name: partial results say that they come from it, and overflow of windows that are not merged.</param>
    public SlicedWindows(WindowPlan plan, WindowStart start, string node, LedgerAccount account) : base(plan.Definition, start.Since)
    {
        var definition = plan.Definition;
        (_definition, _slicing, _watermark, _account) = (definition, definition.Slicing, start.Watermark, account);
        _groups = new WindowGroups(definition, LabelSet.Of(("overflow", plan.SpansPartitions ? "true" : node)));
        _slices = new WindowSlices(definition, _groups);
        _firing = new WindowFiring(_groups, _slices, plan, node) { PartsSince = start.PartsSince };
        _late = new LateSamples(definition, _slices, Since);
        _groupOf = _groups.Series;
        _tags = definition.Statistics is { NeedsTags: true } statistics ? new SeriesTags(statistics) : null;
        _isPlain = _tags is null;
        FindUnpublished();
    }

    /// <summary>How many groups have samples in live slices.</summary>
    public int Groups => _groups.Count;

    public override LivePart? Earliest => _slices.Earliest;

    public override void Begin()
    {
        if (_slices.Sweep()) LookForCrowds();
    }

    public override void Meet(SeriesTable series, bool isNew)
    {
        _series = series;
        _groupOf.Grow(series.Count);
        if (isNew) _groupOf.Clear();
        _tags?.Meet(series, isNew);
    }

    public override void Add(in Sample sample, SignalBatch output)
    {
        _in++;
        var time = sample.Time - _openStart;
        var group = _groupOf[sample.Series];
        if ((ulong)time >= (ulong)_slicing.Slice || group < 0 || !_isPlain)
        {
            if ((ulong)time < (ulong)_slicing.Slice && group >= 0 && !_isCrowded) AddTo(_open!, group, sample);
            else AddElsewhere(sample, group, output);
            return;
        }
        _open!.Add(group, (int)time, sample.Value + 0.0); // -0 becomes 0
        _held++;
    }

    public override void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
    {
        var from = _watermark.Time;
        _watermark = watermark;
        if (watermark.Time == from) return;
        _late.Publish(_firing, _unpublishedFrom, cause, output);
        for (var end = NextEnd(from); end <= watermark.Time; end = NextEnd(end)) _firing.Fire(end, end - _slicing.Size >= Since, cause, output);
        FindUnpublished();
        Expire();
        (_open, _openStart) = (null, long.MinValue);
    }

    public override void GiveBack() => _account.GiveBack();

    public override void Settle()
    {
        _account.In(_in);
        _in = 0;
        _account.Held(_held);
        _account.Settle();
    }

    private void AddElsewhere(in Sample sample, int group, SignalBatch output)
    {
        var series = _series[sample.Series];
        var labels = group >= 0 ? _groups[group].Labels : group == SeriesGroups.None ? null : _definition.GroupOf(series.Labels);
        if (labels is null)
        {
            _groupOf.Exclude(sample.Series);
            _account.OnDropped(DropReason.Filtered, 1);
            return;
        }
        var number = _slicing.SliceOf(sample.Time);
        var isLate = number < _unpublishedFrom;
        if (isLate && MissesAll(sample, series.Metric, labels, output))
        {
            _account.OnDropped(DropReason.Late, 1);
            return;
        }
        var slice = _slices.Find(number) ?? _slices.Open(number, sample.Cause, _watermark);
        if (group < 0) group = Join(sample.Series, labels, slice);
        if (group < 0 || _isCrowded && !slice.Admits(group, _definition.MaxGroups)) group = _groups.Overflow.Id;
        AddTo(slice, group, sample);
        if (isLate) _late.Mark(_groups[group], number, _watermark.Time);
        else (_open, _openStart) = (slice, slice.Start);
        if (!isLate && _slices.IsLong(slice)) _slices.Sort(slice);
    }

    private void AddTo(WindowSlice slice, int group, in Sample sample)
    {
        var (time, value) = ((int)(sample.Time - slice.Start), sample.Value + 0.0);
        if (_tags is null) slice.Add(group, time, value);
        else slice.Add(group, time, value, _tags[sample.Series]);
        _held++;
    }

    private void LookForCrowds()
    {
        _isCrowded = _groups.Count > _definition.MaxGroups;
        _isPlain = _tags is null && !_isCrowded;
    }

    /// <summary>Finds the group of a series, or makes it.</summary>
    /// <returns>Its number, or a negative one where there is no room for it in the slice.</returns>
    private int Join(int series, LabelSet labels, WindowSlice slice)
    {
        var metric = _series[series].Metric;
        var group = _groups.Find(metric, labels);
        if (group is null)
        {
            if (_groups.Count >= _definition.MaxGroups && !slice.Admits(-1, _definition.MaxGroups)) return -1;
            group = _groups.Add(metric, labels);
            LookForCrowds();
        }
        _groupOf.Join(series, group.Id);
        return group.Id;
    }

    /// <summary>Names the windows that are final without a late sample.</summary>
    /// <returns>Whether they are all of its windows.</returns>
    private bool MissesAll(in Sample sample, string metric, LabelSet labels, SignalBatch output)
    {
        var missed = new List<long>();
        var number = _slicing.SliceOf(sample.Time);
        var last = _slicing.LastEndOf(number);
        for (var end = _slicing.FirstEndOf(number); end <= last && IsFinal(end); end += _slicing.Slide) missed.Add(end);
        if (missed.Count > 0)
        {
            var late = new LateRecord(_definition.Name, metric, labels, sample.Time, sample.Value, _watermark.Time, sample.Cause, [.. missed]);
            output.Add(new Signal(SignalKind.Late, sample.Cause, 0, sample.Time, late));
        }
        return IsFinal(last);
    }

    /// <summary>The first window end after an instant at which there is something to publish.</summary>
    private long NextEnd(long after)
    {
        var next = after == long.MinValue ? after : _slicing.NextEnd(after);
        foreach (var slice in _slices.All)
            if (_slicing.LastEndOf(slice.Number) > after) return Math.Max(_slicing.FirstEndOf(slice.Number), next);
        return long.MaxValue;
    }

    private void Expire()
    {
        while (_slices.Count > 0 && IsFinal(_slicing.LastEndOf(_slices.First.Number)))
        {
            var slice = _slices.First;
            _slices.RemoveFirst();
            _held -= slice.Samples;
            _account.Out(slice.Samples);
            _firing.LetGo(slice);
        }
        _late.Forget(_watermark.Time - _definition.Lateness);
    }

    private bool IsFinal(long end) => end + _definition.Lateness <= _watermark.Time;

    /// <summary>The first slice that no published window holds.</summary>
    private void FindUnpublished()
    {
        if (_watermark.Time > long.MinValue) _unpublishedFrom = _slicing.SliceOf(_slicing.NextEnd(_watermark.Time) - _slicing.Slide);
    }
}
