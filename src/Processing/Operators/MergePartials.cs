using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The second step of windows that span partitions, and the only one of long windows: partial results to results. Its nodes are the
/// partitions of the first step; it keeps their promises itself, since a tick of theirs also says from when on their windows are whole.
/// </summary>
public sealed class MergePartials : IOperator<SignalBatch, SignalBatch>, IDisposable
{
    private readonly ILookup<string, MergedWindows> _byPart;
    private readonly MergedWindows[] _windows;
    private readonly SignalBatch _output = new();
    private readonly Watermark _watermark;
    private readonly LedgerAccount _unknown;
    private Dictionary<string, long> _since;
    private long _maxTime;

    public MergePartials(IReadOnlyList<WindowDefinition> windows, IReadOnlyCollection<string> nodes, Progress? progress, Ledger ledger)
    {
        _watermark = new Watermark(nodes, progress?.AtRewind);
        _maxTime = progress?.MaxTime ?? -1;
        _unknown = ledger.Open("partials of other windows");
        _windows = [.. windows.Select(w => new MergedWindows(w, w.WholeSince(progress), ledger.Open("merge " + w.Name)))];
        _byPart = _windows.ToLookup(w => w.PartsOf.Name);
        _since = Since();
    }

    public SignalBatch Push(SignalBatch input)
    {
        _output.Begin(input.NextOffset);
        foreach (var windows in _windows) windows.Begin();
        foreach (ref readonly var signal in input.Signals)
        {
            if (signal.Kind == SignalKind.Partial) Add(signal);
            else if (signal.Kind == SignalKind.Tick) Advance(signal, (Tick)signal.Payload!);
            else _output.Add(signal);
        }
        Settle();
        var earliest = _windows.Select(w => w.Earliest).OfType<MergedWindow>().MinBy(w => w.FirstOffset);
        _output.Rewind = new RewindPoint(earliest?.FirstOffset ?? input.NextOffset, earliest?.AtFirst ?? _watermark.Current, _maxTime, _since);
        return _output;
    }

    /// <summary>Ends this run: what it holds is read again by the next.</summary>
    public void Dispose()
    {
        foreach (var windows in _windows) windows.GiveBack();
    }

    private void Add(in Signal signal)
    {
        var part = (PartialResult)signal.Payload!;
        _maxTime = Math.Max(_maxTime, part.Result.End);
        var isTaken = false;
        foreach (var windows in _byPart[part.Result.Window])
        {
            if (!windows.Takes(part.Result)) continue;
            windows.Add(signal, part, _watermark.Current);
            isTaken = true;
        }
        if (isTaken) return;
        _unknown.In(1);
        _unknown.OnDropped(DropReason.Filtered, 1);
    }

    private void Advance(in Signal signal, Tick tick)
    {
        if (tick.Since is { } since) BeginAt(since);
        _watermark.OnTick(tick.Source, tick.Time, signal.LogTime);
        foreach (var windows in _windows) windows.Advance(signal, _watermark.Current, _output);
    }

    private void BeginAt(IReadOnlyDictionary<string, long> since)
    {
        foreach (var windows in _windows)
            if (since.TryGetValue(windows.PartsId, out var time)) windows.BeginAt(time);
        _since = Since();
    }

    /// <summary>A new one for each change, since rewind points keep the one they were given.</summary>
    private Dictionary<string, long> Since() => _windows.ToDictionary(w => w.Definition.Id, w => w.Since);

    private void Settle()
    {
        _unknown.Settle();
        foreach (var windows in _windows) windows.Settle();
    }
}
