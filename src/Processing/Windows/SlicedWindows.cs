using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The windows of one definition over one partition. Each sample is added to one slice, whatever the overlap; a window is published when the
/// watermark reaches its end, again with a higher revision at the next watermark after late samples changed it, and is final when the
/// watermark has passed its end by the lateness.
/// </summary>
internal sealed class SlicedWindows
{
    private readonly WindowDefinition _definition;
    private readonly Slicing _slicing;
    private readonly string? _node;
    private readonly LedgerAccount _account;
    private readonly SortedList<long, WindowSlice> _slices = [];
    private readonly Dictionary<(string, LabelSet), WindowGroup> _groups = [];
    private readonly Corrections _corrections = new();
    private WatermarkRecord _watermark;
    private long _held;
    private long _unpublishedFrom = long.MinValue;

    /// <param name="since">Windows that begin before this are not published: they would not be whole.</param>
    /// <param name="node">Where partial results say that they come from; null for final ones.</param>
    public SlicedWindows(WindowDefinition definition, WatermarkRecord watermark, long since, string? node, LedgerAccount account)
    {
        (_definition, _slicing, _watermark, Since, _node, _account) = (definition, definition.Slicing, watermark, since, node, account);
        FindUnpublished();
    }

    public WindowDefinition Definition => _definition;
    public long Since { get; }

    /// <summary>How many groups have samples in live slices.</summary>
    public int Groups => _groups.Count;

    /// <summary>The live slice that began earliest in the input.</summary>
    public WindowSlice? Earliest => _slices.Count == 0 ? null : _slices.Values.MinBy(s => s.FirstOffset);

    public WindowGroup Group(string metric, LabelSet labels)
    {
        if (_groups.TryGetValue((metric, labels), out var group)) return group;
        return _groups[(metric, labels)] = new WindowGroup(metric, labels);
    }

    public void Filtered(long count)
    {
        _account.In(count);
        _account.OnDropped(DropReason.Filtered, count);
    }

    public void Add(in Signal sample, WindowGroup group, SignalBatch output)
    {
        _account.In(1);
        var number = _slicing.SliceOf(sample.Time);
        var isLate = number < _unpublishedFrom;
        if (isLate && MissesAll(sample, group, number, output))
        {
            Drop(DropReason.Late, group);
            return;
        }
        if ((group.Find(number) ?? Open(number, sample.Cause, group)) is not { } part)
        {
            Drop(DropReason.Overflow, group);
            return;
        }
        if (isLate) Correct(group, number);
        part.Add(sample.Time, sample.Value);
        _held++;
    }

    public void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
    {
        var from = _watermark.Time;
        _watermark = watermark;
        if (watermark.Time == from) return;
        foreach (var (group, end, revision) in _corrections.Take()) Publish(group, end, revision, cause, output);
        for (var end = NextEnd(from); end <= watermark.Time; end = NextEnd(end)) Fire(end, cause, output);
        FindUnpublished();
        Expire();
    }

    public void GiveBack() => _account.GiveBack();

    public void Settle()
    {
        _account.Held(_held);
        _account.Settle();
    }

    private void Drop(DropReason reason, WindowGroup group)
    {
        _account.OnDropped(reason, 1);
        if (group.IsEmpty) Retire(group);
    }

    private void Retire(WindowGroup group)
    {
        group.IsRetired = true;
        _groups.Remove((group.Metric, group.Labels));
    }

    /// <summary>Names the windows that are final without a late sample.</summary>
    /// <returns>Whether they are all of its windows.</returns>
    private bool MissesAll(in Signal sample, WindowGroup group, long number, SignalBatch output)
    {
        var missed = new List<long>();
        var last = _slicing.LastEndOf(number);
        for (var end = _slicing.FirstEndOf(number); end <= last && IsFinal(end); end += _slicing.Slide) missed.Add(end);
        if (missed.Count > 0)
            output.Add(sample with { Kind = SignalKind.Late, Payload = Late(sample, group, missed) });
        return IsFinal(last);
    }

    /// <summary>Marks the published windows that a late sample, which is about to be added, changes.</summary>
    private void Correct(WindowGroup group, long number)
    {
        var last = Math.Min(_slicing.LastEndOf(number), _watermark.Time);
        for (var end = _slicing.FirstEndOf(number); end <= last; end += _slicing.Slide)
            if (!IsFinal(end) && end - _slicing.Size >= Since)
                _corrections.Mark(group, end, wasPublished: group.Merge(FirstSlice(end), EndSlice(end))!.Count > 0);
    }

    private LateRecord Late(in Signal sample, WindowGroup group, List<long> missed) =>
        new(_definition.Name, group.Metric, group.Labels, sample.Time, sample.Value, _watermark.Time, sample.Cause, [.. missed]);

    private Summary? Open(long number, long offset, WindowGroup group)
    {
        if (!_slices.TryGetValue(number, out var slice))
            _slices.Add(number, slice = new WindowSlice(number, offset, _watermark));
        if (slice.Groups.Count >= _definition.MaxGroups) return null;
        var part = new Summary(_definition.SketchBits);
        slice.Groups.Add(group);
        group.Add(number, part);
        return part;
    }

    private void Fire(long end, in Signal cause, SignalBatch output)
    {
        if (end - _slicing.Size < Since) return;
        for (var number = FirstSlice(end); number < EndSlice(end); number++)
        {
            if (!_slices.TryGetValue(number, out var slice)) continue;
            foreach (var group in slice.Groups)
            {
                if (group.SeenAt == end) continue;
                group.SeenAt = end;
                Publish(group, end, 1, cause, output);
            }
        }
    }

    private void Publish(WindowGroup group, long end, int revision, in Signal cause, SignalBatch output)
    {
        var summary = group.Merge(FirstSlice(end), EndSlice(end))!;
        var result = _definition.Finish(summary, group.Metric, group.Labels, end, revision, _node);
        output.Add(new Signal(SignalKind.Result, cause.Cause, cause.LogTime, end, 0, result));
    }

    /// <summary>The first window end after an instant at which there is something to publish.</summary>
    private long NextEnd(long after)
    {
        var next = after == long.MinValue ? after : _slicing.NextEnd(after);
        foreach (var number in _slices.Keys)
            if (_slicing.LastEndOf(number) > after) return Math.Max(_slicing.FirstEndOf(number), next);
        return long.MaxValue;
    }

    private void Expire()
    {
        while (_slices.Count > 0 && IsFinal(_slicing.LastEndOf(_slices.Keys[0])))
        {
            var slice = _slices.Values[0];
            var samples = 0L;
            foreach (var group in slice.Groups)
            {
                samples += group.Remove(slice.Number).Count;
                if (group.IsEmpty) Retire(group);
            }
            _slices.RemoveAt(0);
            _held -= samples;
            _account.Out(samples);
        }
        _corrections.Forget(_watermark.Time - _definition.Lateness);
    }

    private bool IsFinal(long end) => end + _definition.Lateness <= _watermark.Time;
    private long FirstSlice(long end) => _slicing.SliceOf(end - _slicing.Size);
    private long EndSlice(long end) => _slicing.SliceOf(end);

    /// <summary>The first slice that no published window holds.</summary>
    private void FindUnpublished()
    {
        if (_watermark.Time > long.MinValue) _unpublishedFrom = _slicing.SliceOf(_slicing.NextEnd(_watermark.Time) - _slicing.Slide);
    }
}
