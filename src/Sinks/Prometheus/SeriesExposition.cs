using System.Globalization;

namespace Pipeline.Sinks;

/// <summary>The newest window of every series, as gauges.</summary>
internal sealed class SeriesExposition(ExpositionWriter writer, MetricCatalogue catalogue)
{
    public async Task WriteAsync(IReadOnlyList<LivePoint> newest, CancellationToken abort)
    {
        foreach (var metric in newest.GroupBy(p => p.Series.Metric).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            writer.Begin(ExpositionName.OfMetric(metric.Key), "gauge", Help(metric.Key));
            foreach (var point in metric.OrderBy(p => p.Series, LiveSeries.Order))
            {
                Add(point);
                await writer.FlushAsync(abort);
            }
        }
    }

    private string Help(string metric) =>
        catalogue[metric] is { } known ? $"{known.Description} Unit: {known.Unit}." : $"{metric}, as it was sent.";

    private void Add(LivePoint point)
    {
        var labels = Labels(point.Series);
        Add(labels, "mean", point.Mean);
        Add(labels, "min", point.Min);
        Add(labels, "max", point.Max);
        for (var i = 0; i < point.Quantiles.Length; i++) Add(labels, Percentile(point.Series.Ranks[i]), point.Quantiles[i]);
        Add(labels, "count", point.Count);
    }

    private void Add(string labels, string stat, double value) => writer.Add(value, $"{labels},stat=\"{stat}\"");

    /// <summary>A label that cannot keep its name beside the others gets underscores at its end.</summary>
    private static string Labels(LiveSeries series)
    {
        var taken = new HashSet<string> { "window", "stat" };
        var labels = new (string, string)[series.Labels.Count + 1];
        for (var i = 0; i < series.Labels.Count; i++)
        {
            var name = ExpositionName.OfLabel(series.Labels[i].Key);
            while (!taken.Add(name)) name += '_';
            labels[i] = (name, series.Labels[i].Value);
        }
        labels[^1] = ("window", series.Window);
        return ExpositionWriter.Labels(labels);
    }

    /// <summary><c>0.95</c> is <c>p95</c>; a text that is no number is made harmless.</summary>
    private static string Percentile(string rank) =>
        decimal.TryParse(rank, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            ? string.Create(CultureInfo.InvariantCulture, $"p{share * 100:0.############}")
            : ExpositionName.OfLabel(rank);
}
