using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The windows of one definition that are put together from partial results: of several partitions, or of shorter windows. A window is
/// published when every partition has promised that no further first part of it will come, and again when a correction changed a part.
/// </summary>
/// <param name="since">The start of the first window to publish, or null as long as there is a partition that does not compute them.</param>
internal sealed class MergedWindows(WindowDefinition definition, long? since, LedgerAccount account)
{
    /// <summary>By end; within an end in the order of their first parts.</summary>
    private readonly SortedList<long, List<MergedWindow>> _byEnd = [];
    private readonly Dictionary<(string, LabelSet, long), MergedWindow> _windows = [];
    private readonly WindowGroups _groups = new(definition);
    private readonly ResultWriter _writer = new(definition, isPartial: false);
    private long _held;

    public WindowDefinition Definition => definition;

    /// <summary>The start of the first window to publish; null where parts are only collected, and kept for a while longer.</summary>
    public long? Since { get; set; } = since;

    public MergedWindow? Earliest => _windows.Count == 0 ? null : _windows.Values.MinBy(w => w.FirstOffset);

    /// <summary>Not a part of another size, and of windows that overlap only those that lie end to end.</summary>
    public bool Takes(WindowResult part) =>
        part.End - part.Start == definition.Parts.Slicing.Size && (definition.Of is null || part.End % definition.Of.Slicing.Size == 0);

    public void Add(in Signal signal, PartialResult part, MergePoint now)
    {
        if (definition.Of is null)
        {
            Add(part.Result.End, signal, part, now);
            return;
        }
        var slice = definition.Slicing.SliceOf(part.Result.Start);
        var last = definition.Slicing.LastEndOf(slice);
        for (var end = definition.Slicing.FirstEndOf(slice); end <= last; end += definition.Slicing.Slide) Add(end, signal, part, now);
    }

    public void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
    {
        foreach (var (end, windows) in _byEnd)
        {
            if (Since is not { } since || end > watermark.Time) break;
            var from = output.Results.Ordered;
            foreach (var window in windows)
                if (window.IsChanged) Publish(window, since, output.Results);
            output.Add(cause, new ResultRun(_groups, end, node: null, output.Results, from));
        }
        while (_byEnd.Count > 0 && IsFinal(_byEnd.Keys[0], watermark)) Expire();
    }

    /// <summary>Nobody computes them any more.</summary>
    public void Clear()
    {
        while (_byEnd.Count > 0) Expire();
    }

    /// <summary>Begins a batch: what the results of the last one referred to may go.</summary>
    public void Begin() => _groups.Sweep([]);

    public void GiveBack() => account.GiveBack();

    public void Settle()
    {
        account.Held(_held);
        account.Settle();
    }

    private void Add(long end, in Signal signal, PartialResult part, MergePoint now)
    {
        account.In(1);
        var result = part.Result;
        if (IsFinal(end, now.Watermark)) { account.OnDropped(DropReason.Late, 1); return; }
        var key = (result.Metric, result.Labels, end);
        if (!_windows.TryGetValue(key, out var window))
        {
            window = new MergedWindow(Group(result), end, signal.Cause, now);
            _windows.Add(key, window);
            if (!_byEnd.TryGetValue(end, out var windows)) _byEnd.Add(end, windows = []);
            windows.Add(window);
        }
        window.Fold(definition, now.Watermark);
        if (window.Add(part)) _held++;
        else account.Out(1); // it took the place of an earlier revision
    }

    private void Publish(MergedWindow window, long since, WindowResults results)
    {
        var summary = window.Merge(definition.SketchBits);
        if (window.End - definition.Slicing.Size < since) return;
        _writer.Write(results, window.Group.Id, ++window.Revision, summary);
        if (definition.Statistics is { } statistics) _writer.Attach(results, results.Count - 1, window.Merge(statistics));
        results.Take(results.Count - 1);
    }

    private void Expire()
    {
        foreach (var window in _byEnd.Values[0])
        {
            _windows.Remove((window.Group.Metric, window.Group.Labels, window.End));
            _groups.Release([window.Group.Id]);
            _held -= window.Parts;
            account.Out(window.Parts);
        }
        _byEnd.RemoveAt(0);
    }

    private WindowGroup Group(WindowResult result)
    {
        var group = _groups.Find(result.Metric, result.Labels) ?? _groups.Add(result.Metric, result.Labels);
        _groups.Hold([group.Id]);
        return group;
    }

    private bool IsFinal(long end, WatermarkRecord watermark) =>
        end + definition.Lateness + (Since is null ? WindowRebuild.Overlap : 0) <= watermark.Time;
}
