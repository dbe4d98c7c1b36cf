using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Samples to the results of all windows. Results of windows that span partitions are partial and carry this partition's node name.
/// Watermarks, late records and dead letters pass.
/// </summary>
public sealed class ComputeWindows : IOperator<SignalBatch, SignalBatch>, IDisposable
{
    private readonly SlicedWindows[] _windows;
    private readonly SignalBatch _output = new();
    private readonly Dictionary<string, long> _since;
    private WatermarkRecord _watermark;
    private long _maxTime;

    public ComputeWindows(IReadOnlyList<WindowPlan> windows, string node, Progress? progress, Ledger ledger)
    {
        _watermark = progress?.AtRewind ?? Watermark.None;
        _maxTime = progress?.MaxTime ?? -1;
        _windows = [.. windows.Select(w => new SlicedWindows(
            w.Definition, _watermark, w.Definition.WholeSince(progress), w.SpansPartitions ? node : null, ledger.Open("window " + w.Definition.Name)))];
        _since = _windows.ToDictionary(w => w.Definition.Id, w => w.Since);
    }

    public SignalBatch Push(SignalBatch input)
    {
        _output.Begin(input.NextOffset);
        foreach (ref readonly var signal in input.Signals)
        {
            if (signal.Kind == SignalKind.Sample) Add(signal);
            else if (signal.Kind == SignalKind.Watermark) Advance(signal);
            else _output.Add(signal);
        }
        foreach (var windows in _windows) windows.Settle();
        var earliest = _windows.Select(w => w.Earliest).OfType<WindowSlice>().MinBy(s => s.FirstOffset);
        _output.Rewind = new RewindPoint(earliest?.FirstOffset ?? input.NextOffset, earliest?.AtFirst ?? _watermark, _maxTime, _since);
        return _output;
    }

    /// <summary>Ends this run: what it holds is read again by the next.</summary>
    public void Dispose()
    {
        foreach (var windows in _windows) windows.GiveBack();
    }

    private void Add(in Signal sample)
    {
        _maxTime = Math.Max(_maxTime, sample.Time);
        var metric = (SeriesMetric)sample.Payload!;
        foreach (ref var route in (metric.Routes ??= Routes(metric)).AsSpan()) route.Windows.Add(sample, ref route, _output);
    }

    private void Advance(in Signal signal)
    {
        _watermark = (WatermarkRecord)signal.Payload!;
        foreach (var windows in _windows) windows.Advance(signal, _watermark, _output);
        _output.Add(signal);
    }

    private WindowRoute[] Routes(SeriesMetric metric) =>
        [.. _windows.Where(w => w.Definition.Takes(metric.Metric)).Select(w => new WindowRoute(w, metric))];
}
