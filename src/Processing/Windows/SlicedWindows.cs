using System.Runtime.CompilerServices;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The windows of one definition over one partition. Each sample is added to the log of one slice, whatever the overlap; a window is
/// published when the watermark reaches its end, again with a higher revision at the next watermark after late samples changed it, and is
/// final when the watermark has passed its end by the lateness.
/// </summary>
internal sealed class SlicedWindows : DefinedWindows
{
    /// <summary>Samples ahead of which the group is fetched: with many series, what is known of them does not stay in the nearest cache.</summary>
    private const int Ahead = 16;

    private readonly Slicing _slicing;
    private readonly WindowSlices _slices;
    private readonly WindowFiring _firing;
    private readonly LateSamples _late;
    private WindowSlice? _open;
    private long _openStart = long.MinValue, _unpublishedFrom = long.MinValue;
    private bool _isCrowded, _isPlain;

    /// <param name="node">The partition's name: partial results say that they come from it, and overflow of windows that are not merged.</param>
    public SlicedWindows(WindowPlan plan, WindowStart start, string node, LedgerAccount account)
        : base(plan.Definition, start, plan.SpansPartitions ? "true" : node, account)
    {
        _slicing = Definition.Slicing;
        _slices = new WindowSlices(Definition, Groups);
        _firing = new WindowFiring(Groups, _slices, plan, node) { PartsSince = start.PartsSince };
        _late = new LateSamples(Definition, _slices, Since);
        _isPlain = !HasTags;
        FindUnpublished();
    }

    /// <summary>How many groups have samples in live slices.</summary>
    public int LiveGroups => Groups.Count;

    public override LivePart? Earliest => _slices.Earliest;

    public override void Begin()
    {
        if (_slices.Sweep()) LookForCrowds();
    }

    protected override void Take(ReadOnlySpan<Sample> samples, SignalBatch output)
    {
        for (int taken; samples.Length > 0; samples = samples[taken..])
        {
            taken = TakePlain(samples);
            if (taken > 0) continue;
            Take(samples[0], output);
            taken = 1;
        }
    }

    /// <summary>Adds samples of known groups to the open slice, up to the first that needs more care.</summary>
    /// <returns>How many.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // as part of something larger, the loop would keep its variables on the stack
    private int TakePlain(ReadOnlySpan<Sample> samples)
    {
        if (_open is null || !_isPlain) return 0;
        var log = _open.Room;
        var (groups, start, length, taken) = (Groups.Series.Numbers, _openStart, (ulong)_slicing.Slice, 0);
        for (; taken < samples.Length && taken < log.Length; taken++)
        {
            if (taken + Ahead < samples.Length) Cache.Fetch(groups, samples[taken + Ahead].Series);
            ref readonly var sample = ref samples[taken];
            var (group, time) = (groups[sample.Series], sample.Time - start);
            if (group < 0 || (ulong)time >= length) break;
            log[taken] = new LogEntry(group, (int)time, sample.Value + 0.0); // -0 becomes 0
        }
        _open.Fill(taken);
        Hold(taken);
        return taken;
    }

    private void Take(in Sample sample, SignalBatch output)
    {
        var group = Groups.Series[sample.Series];
        if ((ulong)(sample.Time - _openStart) < (ulong)_slicing.Slice && group >= 0 && !_isCrowded) AddTo(_open!, group, sample);
        else AddElsewhere(sample, group, output);
    }

    protected override void Publish(long from, in Signal cause, SignalBatch output)
    {
        _late.Publish(_firing, _unpublishedFrom, cause, output);
        for (var end = NextEnd(from); end <= Watermark.Time; end = NextEnd(end)) _firing.Fire(end, end - _slicing.Size >= Since, cause, output);
        FindUnpublished();
        Expire();
        (_open, _openStart) = (null, long.MinValue);
    }

    private void AddElsewhere(in Sample sample, int group, SignalBatch output)
    {
        if (LabelsOf(sample, group) is not { } labels) return;
        var number = _slicing.SliceOf(sample.Time);
        var isLate = number < _unpublishedFrom;
        if (isLate && MissesAll(sample, labels, output))
        {
            DropLate();
            return;
        }
        var slice = _slices.Find(number) ?? _slices.Open(number, sample.Cause, Watermark);
        if (group < 0) group = Join(sample, labels, slice);
        if (group < 0 || _isCrowded && !slice.Admits(group, Definition.MaxGroups)) group = Pool();
        AddTo(slice, group, sample);
        if (isLate) _late.Mark(Groups[group], number, Watermark.Time);
        else (_open, _openStart) = (slice, slice.Start);
        if (!isLate && _slices.IsLong(slice)) _slices.Sort(slice);
    }

    private void AddTo(WindowSlice slice, int group, in Sample sample)
    {
        var (time, value) = ((int)(sample.Time - slice.Start), sample.Value + 0.0);
        if (HasTags) slice.Add(group, time, value, TagOf(sample));
        else slice.Add(group, time, value);
        Hold(1);
    }

    private void LookForCrowds()
    {
        _isCrowded = Groups.Count > Definition.MaxGroups;
        _isPlain = !HasTags && !_isCrowded;
    }

    /// <summary>Finds the group of a series, or makes it.</summary>
    /// <returns>Its number, or a negative one where there is no room for it in the slice.</returns>
    private int Join(in Sample sample, LabelSet labels, WindowSlice slice)
    {
        var metric = MetricOf(sample);
        var group = Groups.Find(metric, labels);
        if (group is null)
        {
            if (Groups.Count >= Definition.MaxGroups && !slice.Admits(-1, Definition.MaxGroups)) return -1;
            group = Groups.Add(metric, labels);
            LookForCrowds();
        }
        Groups.Series.Join(sample.Series, group.Id);
        return group.Id;
    }

    /// <summary>Names the windows that are final without a late sample.</summary>
    /// <returns>Whether they are all of its windows.</returns>
    private bool MissesAll(in Sample sample, LabelSet labels, SignalBatch output)
    {
        var missed = new List<long>();
        var number = _slicing.SliceOf(sample.Time);
        var last = _slicing.LastEndOf(number);
        for (var end = _slicing.FirstEndOf(number); end <= last && IsFinal(end); end += _slicing.Slide) missed.Add(end);
        if (missed.Count > 0) output.Add(LateSignal(sample, labels, [.. missed]));
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
            Release(slice.Samples);
            _firing.LetGo(slice);
        }
        _late.Forget(Watermark.Time - Definition.Lateness);
    }

    private bool IsFinal(long end) => end + Definition.Lateness <= Watermark.Time;

    /// <summary>The first slice that no published window holds.</summary>
    private void FindUnpublished()
    {
        if (Watermark.Time > long.MinValue) _unpublishedFrom = _slicing.SliceOf(_slicing.NextEnd(Watermark.Time) - _slicing.Slide);
    }
}
