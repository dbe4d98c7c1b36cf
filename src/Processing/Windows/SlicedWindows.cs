using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The windows of one definition over one partition. Each sample is added to the log of one slice, whatever the overlap; a window is
/// published when the watermark reaches its end, again with a higher revision at the next watermark after late samples changed it, and is
/// final when the watermark has passed its end by the lateness.
/// </summary>
internal sealed class SlicedWindows
{
    private readonly WindowDefinition _definition;
    private readonly Slicing _slicing;
    private readonly LedgerAccount _account;
    private readonly WindowGroups _groups = new();
    private readonly WindowSlices _slices;
    private readonly WindowFiring _firing;
    private readonly LateSamples _late;
    private WatermarkRecord _watermark;
    private WindowSlice? _open;
    private long _openStart = long.MinValue, _unpublishedFrom = long.MinValue;
    private long _in, _held;
    private bool _isCrowded;

    /// <param name="since">Windows that begin before this are not published: they would not be whole.</param>
    /// <param name="node">Where partial results say that they come from; null for final ones.</param>
    public SlicedWindows(WindowDefinition definition, WatermarkRecord watermark, long since, string? node, LedgerAccount account)
    {
        (_definition, _slicing, _watermark, Since, _account) = (definition, definition.Slicing, watermark, since, account);
        _slices = new WindowSlices(definition, _groups);
        _firing = new WindowFiring(definition, _groups, _slices, node);
        _late = new LateSamples(definition, _slices, since);
        FindUnpublished();
    }

    public WindowDefinition Definition => _definition;
    public long Since { get; }

    /// <summary>How many groups have samples in live slices.</summary>
    public int Groups => _groups.Count;

    /// <summary>The live slice that began earliest in the input.</summary>
    public WindowSlice? Earliest => _slices.Earliest;

    public void Add(in Signal sample, ref WindowRoute route, SignalBatch output)
    {
        _in++;
        var time = sample.Time - _openStart;
        if ((ulong)time >= (ulong)_slicing.Slice || !_groups.IsCurrent(route.Group, route.Version) || _isCrowded)
        {
            AddElsewhere(sample, ref route, output);
            return;
        }
        _open!.Add(route.Group, (int)time, sample.Value + 0.0); // -0 becomes 0
        _held++;
    }

    public void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
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

    public void GiveBack() => _account.GiveBack();

    public void Settle()
    {
        _account.In(_in);
        _in = 0;
        _account.Held(_held);
        _account.Settle();
    }

    private void AddElsewhere(in Signal sample, ref WindowRoute route, SignalBatch output)
    {
        if (route.Labels is null)
        {
            _account.OnDropped(DropReason.Filtered, 1);
            return;
        }
        var number = _slicing.SliceOf(sample.Time);
        var isLate = number < _unpublishedFrom;
        if (isLate && MissesAll(sample, route, number, output))
        {
            _account.OnDropped(DropReason.Late, 1);
            return;
        }
        var slice = _slices.Find(number) ?? _slices.Open(number, sample.Cause, _watermark);
        if (!Join(ref route, slice))
        {
            _account.OnDropped(DropReason.Overflow, 1);
            return;
        }
        slice.Add(route.Group, (int)(sample.Time - slice.Start), sample.Value + 0.0);
        _held++;
        if (isLate) _late.Mark(_groups[route.Group], number, _watermark.Time);
        else (_open, _openStart) = (slice, slice.Start);
        if (!isLate && _slices.IsLong(slice)) _slices.Sort(slice);
    }

    /// <summary>Finds the group of a series, or makes it.</summary>
    /// <returns>Whether there is room for it in the slice.</returns>
    private bool Join(ref WindowRoute route, WindowSlice slice)
    {
        if (!_groups.IsCurrent(route.Group, route.Version))
        {
            var group = _groups.Find(route.Metric, route.Labels!);
            if (group is null)
            {
                if (_groups.Count >= _definition.MaxGroups && !slice.Admits(-1, _definition.MaxGroups)) return false;
                group = _groups.Add(route.Metric, route.Labels!);
                _isCrowded = _groups.Count > _definition.MaxGroups;
            }
            (route.Group, route.Version) = (group.Id, _groups.VersionOf(group.Id));
        }
        return !_isCrowded || slice.Admits(route.Group, _definition.MaxGroups);
    }

    /// <summary>Names the windows that are final without a late sample.</summary>
    /// <returns>Whether they are all of its windows.</returns>
    private bool MissesAll(in Signal sample, in WindowRoute route, long number, SignalBatch output)
    {
        var missed = new List<long>();
        var last = _slicing.LastEndOf(number);
        for (var end = _slicing.FirstEndOf(number); end <= last && IsFinal(end); end += _slicing.Slide) missed.Add(end);
        if (missed.Count > 0)
            output.Add(sample with { Kind = SignalKind.Late, Payload = Late(sample, route, missed) });
        return IsFinal(last);
    }

    private LateRecord Late(in Signal sample, in WindowRoute route, List<long> missed) =>
        new(_definition.Name, route.Metric, route.Labels!, sample.Time, sample.Value, _watermark.Time, sample.Cause, [.. missed]);

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
            _isCrowded = _groups.Count > _definition.MaxGroups;
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
