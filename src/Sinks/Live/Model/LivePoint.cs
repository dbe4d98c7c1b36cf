using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>A window result without its sketch, sharing what it can with its series.</summary>
public sealed class LivePoint
{
    private readonly double[] _quantiles;
    private readonly double _rate;

    internal LivePoint(LiveSeries series, WindowResult result)
    {
        Series = series;
        (Start, End, Revision, Count) = (result.Start, result.End, result.Revision, result.Count);
        (Sum, Min, Max, Mean, First, Last) = (result.Sum, result.Min, result.Max, result.Mean, result.First, result.Last);
        _rate = result.Rate ?? double.NaN;
        _quantiles = [.. result.Quantiles.Values];
        if (result is not { StandardDeviation: null, Increase: null, Above: null, Distinct: null, Ewma: null, Baseline: null }) Further = result with { Sketch = [], States = null };
    }

    public LiveSeries Series { get; }
    public long Start { get; }
    public long End { get; }
    public int Revision { get; }

    /// <summary>0 where the result was taken back: it is kept so that an earlier revision does not come again, and shown to nobody.</summary>
    public long Count { get; }
    public double Sum { get; }
    public double Min { get; }
    public double Max { get; }
    public double Mean { get; }
    public double First { get; }
    public double Last { get; }
    public double? Rate => double.IsNaN(_rate) ? null : _rate;

    /// <summary>The result, where it has figures that only some windows ask for.</summary>
    public WindowResult? Further { get; }

    /// <summary>In the order of the series' ranks.</summary>
    public ReadOnlySpan<double> Quantiles => _quantiles;
}
