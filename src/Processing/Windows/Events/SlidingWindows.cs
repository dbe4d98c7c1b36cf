using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The sliding windows of one definition over one partition: every instant at which a group has samples ends a window of that group, which holds
/// them. It is published when the watermark has passed the instant, and again when late samples came into it.
/// </summary>
internal sealed class SlidingWindows(WindowDefinition definition, WindowStart start, string node, LedgerAccount account)
    : EventWindows(definition, start, node, account)
{
    private readonly Dictionary<int, SlidingGroup> _groups = [];
    private readonly List<int> _pending = [];
    private long _passed = start.Watermark.Time;

    protected override long EndOf(long time) => time + 1;

    protected override void Take(int group, in StatisticSample sample)
    {
        if (!_groups.TryGetValue(group, out var samples)) _groups.Add(group, samples = new SlidingGroup(Definition));
        samples.Samples.Add(sample);
        if (sample.Time < _passed) samples.AddLate(sample.Time);
        if (samples.IsPending) return;
        samples.IsPending = true;
        _pending.Add(group);
    }

    protected override void Collect(long from, long watermark, WindowResults results)
    {
        var kept = 0;
        for (var i = 0; i < _pending.Count; i++)
        {
            var id = _pending[i];
            var group = _groups[id];
            group.Advance(from, watermark, (time, at, window) => Write(id, group.Samples, (time, at, window), results));
            if (group.IsPending) _pending[kept++] = id;
        }
        _pending.RemoveRange(kept, _pending.Count - kept);
        _passed = watermark;
    }

    protected override bool IsOver(EventPart part, long watermark) => Parts.EndOf(part) - 1 + Definition.Slicing.Size + Definition.Lateness <= watermark;

    protected override void Expire(EventPart part)
    {
        foreach (var id in part.Members)
        {
            var group = _groups[id];
            Release(group.RemoveBefore(Parts.EndOf(part)));
            if (group.Samples.Count == 0) _groups.Remove(id);
        }
    }

    private void Write(int group, EventSamples samples, (long Time, int At, SlidingWindow Window) due, WindowResults results)
    {
        if (due.Time + 1 - Definition.Slicing.Size < Since) return;
        var (revision, window) = (++samples.Revision(due.At), due.Window);
        if (window.IsLarge) Writer.Write(results, group, revision, window.Large(samples));
        else Writer.Write(results, group, revision, window.Sorted, window.First(samples), window.Last(samples));
        if (window.States(samples) is { } states) Writer.Attach(results, results.Count - 1, states);
        Due.Add(due.Time + 1, group, results);
    }
}
