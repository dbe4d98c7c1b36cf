using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The windows of one definition that are put together from partial results: of several partitions, or of shorter windows. A window is
/// published when every partition has promised that no further first part of it will come, and again when a correction changed a part.
/// </summary>
internal sealed class MergedWindows
{
    private readonly WindowDefinition _definition;
    private readonly LedgerAccount _account;
    private readonly WindowGroups _groups;
    private readonly ResultWriter _writer;

    /// <summary>By end, those that may still change.</summary>
    private readonly SortedList<long, MergedEnd> _live = [];
    private readonly PastWindows? _past;
    private readonly RewindMarks _marks = new();
    private long _held;

    /// <param name="since">The start of the first window to publish, or null as long as there is a partition that does not compute them.</param>
    public MergedWindows(WindowDefinition definition, long? since, LedgerAccount account)
    {
        (_definition, _account, Since) = (definition, account, since);
        (_groups, _writer) = (new WindowGroups(definition), new ResultWriter(definition, isPartial: false));
        _past = definition.Statistics?.Baseline is { } baseline ? new PastWindows(baseline, _groups) : null;
    }

    /// <summary>The start of the first window to publish; null where parts are only collected, and kept for a while longer.</summary>
    public long? Since { get; set; }

    /// <summary>The first part that is still needed.</summary>
    public RewindMark? Earliest => _marks.Earliest;

    /// <summary>Not a part of another size, and of windows that overlap only those that lie end to end.</summary>
    public bool Takes(WindowResult part) =>
        part.End - part.Start == _definition.Parts.Slicing.Size && (_definition.Of is null || part.End % _definition.Of.Slicing.Size == 0);

    public void Add(in Signal signal, PartialResult part, MergePoint now)
    {
        if (_definition.Of is null)
        {
            Add(part.Result.End, signal, part, now);
            return;
        }
        var slice = _definition.Slicing.SliceOf(part.Result.Start);
        var last = _definition.Slicing.LastEndOf(slice);
        for (var end = _definition.Slicing.FirstEndOf(slice); end <= last; end += _definition.Slicing.Slide) Add(end, signal, part, now);
    }

    public void Advance(in Signal cause, WatermarkRecord watermark, SignalBatch output)
    {
        for (var next = 0; next < _live.Count && _live.Keys[next] <= watermark.Time;)
        {
            if (Since is { } since) Publish(_live.Values[next], since, cause, output);
            if (IsFinal(_live.Keys[next], watermark)) Expire(); // before later ones are compared with it
            else next++;
        }
        while (_past?.Earliest is { } earliest && IsFinal(earliest + _definition.Statistics!.Baseline!.Reach, watermark)) _past.ForgetEarliest();
    }

    /// <summary>Nobody computes them any more.</summary>
    public void Clear()
    {
        while (_live.Count > 0) Expire();
        while (_past?.Earliest is not null) _past.ForgetEarliest();
    }

    /// <summary>Begins a batch: what the results of the last one referred to may go.</summary>
    public void Begin() => _groups.Sweep([]);

    public void GiveBack() => _account.GiveBack();

    public void Settle()
    {
        _account.Held(_held);
        _account.Settle();
    }

    private void Add(long end, in Signal signal, PartialResult part, MergePoint now)
    {
        _account.In(1);
        var result = part.Result;
        if (IsFinal(end, now.Watermark)) { _account.OnDropped(DropReason.Late, 1); return; }
        var window = Window(end, result, signal, now);
        window.Fold(_definition, now.Watermark);
        if (window.Add(part)) _held++;
        else _account.Out(1); // it took the place of an earlier revision
    }

    private MergedWindow Window(long end, WindowResult part, in Signal signal, MergePoint now)
    {
        if (!_live.TryGetValue(end, out var windows)) _live.Add(end, windows = new MergedEnd(end, _marks.Set(signal.Cause, now)));
        var group = _groups.Find(part.Metric, part.Labels) ?? _groups.Add(part.Metric, part.Labels);
        if (windows.Windows.TryGetValue(group.Id, out var window)) return window;
        _groups.Hold(group.Id);
        windows.Windows.Add(group.Id, window = new MergedWindow(group));
        return window;
    }

    private void Publish(MergedEnd end, long since, in Signal cause, SignalBatch output)
    {
        var (from, isWhole) = (output.Results.Ordered, end.End - _definition.Slicing.Size >= since);
        foreach (var window in end.Windows.Values)
            if (window.TakeChange() && isWhole) Publish(window, end.End, output.Results);
        output.Add(cause, new ResultRun(_groups, end.End, node: null, output.Results, from));
    }

    private void Publish(MergedWindow window, long end, WindowResults results)
    {
        var summary = window.Merge(_definition);
        window.Publish(summary);
        _writer.Write(results, window.Group.Id, window.Revision, summary);
        if (summary.Statistics is { } states)
        {
            var figures = _writer.Attach(results, results.Count - 1, states);
            _past?.Compare(window, end, figures);
        }
        results.Take(results.Count - 1);
    }

    private void Expire()
    {
        var end = _live.Values[0];
        end.First.IsOver = _past?.Keep(end) != true;
        foreach (var (group, window) in end.Windows)
        {
            _groups.Release(group);
            _held -= window.Parts;
            _account.Out(window.Parts);
        }
        _live.RemoveAt(0);
    }

    private bool IsFinal(long end, WatermarkRecord watermark) =>
        end + _definition.Lateness + (Since is null ? WindowRebuild.Overlap : 0) <= watermark.Time;
}
