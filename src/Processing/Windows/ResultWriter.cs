namespace Pipeline.Processing;

/// <summary>
/// Puts the figures of a window, small or large, among the results. A quantile is never beyond the least and the greatest sample, as the
/// middle of a bucket may be.
/// </summary>
/// <param name="isPartial">Partial results always carry their sketch and states, since they are to be merged.</param>
internal sealed class ResultWriter(WindowDefinition definition, bool isPartial)
{
    private readonly bool _hasSketch = definition.HasSketch || isPartial;
    private readonly StateEncoder? _states = definition.HasSketch || isPartial ? new StateEncoder() : null;
    private readonly double[] _ranks = [.. definition.Quantiles.Select(q => q.Rank)];

    /// <summary>Where the quantiles are among samples in order: for each count of samples, one place a rank.</summary>
    private readonly int[] _places =
        [.. Enumerable.Range(0, SortedValues.Most + 1).SelectMany(count => definition.Quantiles.Select(q => (int)(q.Rank * Math.Max(0, count - 1))))];

    /// <param name="sorted">All samples, ascending, no more than are kept so.</param>
    public void Write(WindowResults to, int group, int revision, ReadOnlySpan<double> sorted, in TimedValue first, in TimedValue last)
    {
        ref var row = ref to.Add(_ranks.Length, _hasSketch ? SketchEncoding.MaxLength(sorted.Length) : 0);
        (row.Group, row.Revision) = (group, revision);
        row.Figures = new WindowFigures(
            sorted.Length, SortedValues.Sum(sorted), sorted[0], sorted[^1], first.Value, first.Time, last.Value, last.Time);
        var quantiles = to.QuantilesOf(row, _ranks.Length);
        var places = _places.AsSpan(sorted.Length * quantiles.Length, quantiles.Length);
        for (var i = 0; i < quantiles.Length; i++) quantiles[i] = sorted[places[i]];
        if (sorted.Length > QuantileSketch.ExactLimit) AsSketched(quantiles, sorted[0], sorted[^1]);
        to.EndSketch(ref row, _hasSketch ? SketchEncoding.Write(to.SketchRoom, definition.SketchBits, sorted) : 0);
    }

    /// <summary>What a sketch of many values answers in their place.</summary>
    private void AsSketched(Span<double> values, double min, double max)
    {
        foreach (ref var value in values)
            value = Math.Clamp(SketchBuckets.Value(SketchBuckets.Of(value, definition.SketchBits), definition.SketchBits), min, max);
    }

    /// <summary>Takes a published result back: nothing is left of it.</summary>
    /// <param name="start">Of its window, Unix milliseconds.</param>
    public void WriteNone(WindowResults to, int group, int revision, long start)
    {
        ref var row = ref to.Add(_ranks.Length, 0);
        (row.Group, row.Revision) = (group, revision);
        row.Figures = new WindowFigures(0, 0, 0, 0, 0, start, 0, start);
        to.QuantilesOf(row, _ranks.Length).Clear();
        to.EndSketch(ref row, 0);
        if (definition.Statistics is { } statistics) to.Attach(to.Count - 1, statistics.None);
    }

    public void Write(WindowResults to, int group, int revision, Summary summary)
    {
        var sketch = _hasSketch ? SketchEncoding.Encode(summary.Sketch) : [];
        ref var row = ref to.Add(_ranks.Length, sketch.Length);
        (row.Group, row.Revision) = (group, revision);
        row.Figures = summary.Figures;
        var quantiles = to.QuantilesOf(row, _ranks.Length);
        for (var i = 0; i < quantiles.Length; i++) quantiles[i] = summary.Quantile(_ranks[i]);
        sketch.CopyTo(to.SketchRoom);
        to.EndSketch(ref row, sketch.Length);
    }

    public void Write(WindowResults to, int group, int revision, LargeFigures window)
    {
        var (histogram, extent) = (window.Window.Histogram, window.Extent);
        ref var row = ref to.Add(_ranks.Length, _hasSketch ? SketchEncoding.MaxLength((int)Math.Min(histogram.Count, QuantileSketch.MaxBuckets)) : 0);
        (row.Group, row.Revision) = (group, revision);
        row.Figures = new WindowFigures(
            histogram.Count, extent.Sum, extent.Min, extent.Max, window.First.Value, window.First.Time, window.Last.Value, window.Last.Time);
        var quantiles = to.QuantilesOf(row, _ranks.Length);
        for (var i = 0; i < quantiles.Length; i++)
            quantiles[i] = Math.Clamp(SketchBuckets.Value(histogram.KeyAt((long)(_ranks[i] * (histogram.Count - 1))), definition.SketchBits), extent.Min, extent.Max);
        to.EndSketch(ref row, _hasSketch ? SketchEncoding.Write(to.SketchRoom, definition.SketchBits, histogram) : 0);
    }

    /// <summary>Puts the further statistics of a result beside it.</summary>
    /// <param name="length">Of its window, milliseconds; without it, the size.</param>
    public FurtherFigures Attach(WindowResults to, int index, StatisticStates states, long? length = null)
    {
        var figures = states.Finish(length ?? definition.Slicing.Size, _states);
        to.Attach(index, figures);
        return figures;
    }
}

/// <summary>A large window as it stands at one end.</summary>
internal readonly record struct LargeFigures(LargeWindow Window, Extent Extent, TimedValue First, TimedValue Last);
