using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The second step of windows that span partitions, and the only one of long windows: partial results to results. Its nodes are the
/// partitions of the first step; it keeps their promises itself, since a tick of theirs may also say which windows there are.
/// </summary>
public sealed class MergePartials : IOperator<SignalBatch, SignalBatch>, IDisposable
{
    private readonly SortedDictionary<string, MergedWindows> _windows = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Node, string Name), MergedWindows[]> _madeOf = [];
    private readonly SignalBatch _output = new();
    private readonly Watermark _watermark;
    private readonly Ledger _ledger;
    private readonly LedgerAccount _unknown;
    private MergePoint _now;
    private Dictionary<string, long> _whole;
    private long _maxTime;

    public MergePartials(IReadOnlyCollection<string> nodes, Progress? progress, Ledger ledger)
    {
        _watermark = new Watermark(nodes, progress?.AtRewind);
        _maxTime = progress?.MaxTime ?? -1;
        (_ledger, _unknown) = (ledger, ledger.Open("partials of other windows"));
        _now = new MergePoint(_watermark.Current, WindowNaming.Of(nodes, progress));
        _whole = _now.Naming.Whole(_watermark.Current);
        OpenNamed();
    }

    public SignalBatch Push(SignalBatch input)
    {
        _output.Begin(input.NextOffset);
        foreach (var windows in _windows.Values) windows.Begin();
        foreach (ref readonly var signal in input.Signals)
        {
            if (signal.Kind == SignalKind.Partial) Add(signal);
            else if (signal.Kind == SignalKind.Tick) Advance(signal, (Tick)signal.Payload!);
            else _output.Add(signal);
        }
        Settle();
        var earliest = _windows.Values.Select(w => w.Earliest).OfType<RewindMark>().MinBy(m => m.Offset);
        var point = earliest?.At ?? _now;
        var whole = point.Naming.Whole(point.Watermark);
        _output.Rewind = new RewindPoint(earliest?.Offset ?? input.NextOffset, point.Watermark, _maxTime, whole)
        {
            Reached = _now.Watermark.Time, Named = point.Naming.Rest(whole),
        };
        return _output;
    }

    /// <summary>Ends this run: what it holds is read again by the next.</summary>
    public void Dispose()
    {
        foreach (var windows in _windows.Values) windows.GiveBack();
    }

    private void Add(in Signal signal)
    {
        var part = (PartialResult)signal.Payload!;
        _maxTime = Math.Max(_maxTime, part.Result.End);
        var isTaken = false;
        foreach (var windows in MadeOf(part.Result))
        {
            if (!windows.Takes(part.Result)) continue;
            windows.Add(signal, part, _now);
            isTaken = true;
        }
        if (isTaken) return;
        _unknown.In(1);
        _unknown.OnDropped(DropReason.Filtered, 1);
    }

    /// <summary>A part is of the definitions that its node names at this place.</summary>
    private MergedWindows[] MadeOf(WindowResult part)
    {
        var key = (part.Node!, part.Window);
        if (!_madeOf.TryGetValue(key, out var windows)) _madeOf.Add(key, windows = [.. _now.Naming.MadeOf(part.Window, part.Node!).Select(id => _windows[id])]);
        return windows;
    }

    private void Advance(in Signal signal, Tick tick)
    {
        var isChanged = tick.Since is not null;
        if (isChanged) Name(tick);
        _watermark.OnTick(tick.Source, tick.Time, signal.LogTime);
        _now = _now with { Watermark = _watermark.Current };
        if (isChanged || _whole.Count < _windows.Count) _whole = _now.Naming.Whole(_now.Watermark);
        foreach (var (id, windows) in _windows)
        {
            windows.Since = _whole.TryGetValue(id, out var since) ? since : null;
            windows.Advance(signal, _now.Watermark, _output);
        }
    }

    private void Name(Tick tick)
    {
        _now = _now with { Naming = _now.Naming.With(tick, _now.Watermark) };
        _madeOf.Clear();
        OpenNamed();
        foreach (var (id, windows) in _windows)
            if (!_now.Naming.Definitions.ContainsKey(id)) windows.Clear();
    }

    private void OpenNamed()
    {
        foreach (var (id, definition) in _now.Naming.Definitions)
            if (!_windows.ContainsKey(id))
                _windows.Add(id, new MergedWindows(definition, _whole.TryGetValue(id, out var since) ? since : null, _ledger.Open("merge " + definition.Name)));
    }

    private void Settle()
    {
        _unknown.Settle();
        foreach (var windows in _windows.Values) windows.Settle();
        // What nobody names is kept for this batch, whose results may refer to it.
        foreach (var id in _windows.Keys.Where(id => !_now.Naming.Definitions.ContainsKey(id)).ToList()) _windows.Remove(id);
    }
}
