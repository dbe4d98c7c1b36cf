using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Samples to the results of all windows. Results of windows that span partitions are partial and carry this partition's node name.
/// Watermarks, late records and dead letters pass.
/// </summary>
public sealed class ComputeWindows : IOperator<SignalBatch, SignalBatch>, IDisposable
{
    private readonly DefinedWindows[] _windows;
    private readonly SignalBatch _output = new();
    private readonly Dictionary<string, long> _since;
    /// <summary>The definitions that take a series, for all the different such sets; and which of them holds for each series.</summary>
    private readonly List<DefinedWindows[]> _takers = [];
    private int[] _takersOf = [];
    private SeriesTable? _series;
    private int _epoch, _met;
    private WatermarkRecord _watermark;
    private long _maxTime;

    public ComputeWindows(IReadOnlyList<WindowPlan> windows, string node, Progress? progress, Ledger ledger)
    {
        _watermark = progress?.AtRewind ?? Watermark.None;
        _maxTime = progress?.MaxTime ?? -1;
        _windows = [.. windows.Select(w => DefinedWindows.Of(w, progress, node, ledger.Open("window " + w.Definition.Name)))];
        _since = _windows.ToDictionary(w => w.Definition.Id, w => w.Since);
        foreach (var w in _windows)
            if (w.PartsSince is { } since) _since.Add(w.Definition.PartsId, since);
    }

    public SignalBatch Push(SignalBatch input)
    {
        _output.Begin(input.NextOffset);
        foreach (var windows in _windows) windows.Begin();
        Meet(input.Series);
        var from = 0;
        for (var i = 0; i < input.Signals.Length; i++)
        {
            ref readonly var signal = ref input.Signals[i];
            Add(input.Samples[from..(from = input.SamplesBefore(i))]);
            if (signal.Kind == SignalKind.Watermark) Advance(signal);
            else _output.Add(signal);
        }
        Add(input.Samples[from..]);
        foreach (var windows in _windows) windows.Settle();
        var earliest = _windows.Select(w => w.Earliest).OfType<LivePart>().MinBy(s => s.FirstOffset);
        var rewind = earliest?.FirstOffset ?? input.NextOffset;
        _output.Rewind = new RewindPoint(rewind, earliest?.AtFirst ?? _watermark, _maxTime, _since, input.Duplicates?.Before(rewind));
        return _output;
    }

    /// <summary>Ends this run: what it holds is read again by the next.</summary>
    public void Dispose()
    {
        foreach (var windows in _windows) windows.GiveBack();
    }

    private void Add(ReadOnlySpan<Sample> samples)
    {
        foreach (ref readonly var sample in samples)
        {
            _maxTime = Math.Max(_maxTime, sample.Time);
            foreach (var windows in _takers[_takersOf[sample.Series]]) windows.Add(sample, _output);
        }
    }

    private void Advance(in Signal signal)
    {
        _watermark = (WatermarkRecord)signal.Payload!;
        foreach (var windows in _windows) windows.Advance(signal, _watermark, _output);
        _output.Add(signal);
    }

    /// <summary>Finds out which definitions take the series that have joined the table.</summary>
    private void Meet(SeriesTable series)
    {
        if (series != _series || series.Epoch != _epoch) _met = 0;
        foreach (var windows in _windows) windows.Meet(series, isNew: _met == 0);
        (_series, _epoch) = (series, series.Epoch);
        if (_takersOf.Length < series.Count) Array.Resize(ref _takersOf, series.Count * 2);
        for (; _met < series.Count; _met++)
        {
            var takers = _windows.Where(w => w.Definition.Takes(series[_met].Metric)).ToArray();
            var known = _takers.FindIndex(t => t.AsSpan().SequenceEqual(takers));
            if (known < 0) _takers.Add(takers);
            _takersOf[_met] = known < 0 ? _takers.Count - 1 : known;
        }
    }
}
