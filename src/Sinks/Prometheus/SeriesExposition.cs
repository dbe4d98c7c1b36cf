using System.Globalization;

namespace Pipeline.Sinks;

/// <summary>The newest window of every series, as gauges: a family for the metric, and one for each figure that has another unit.</summary>
internal sealed class SeriesExposition(ExpositionWriter writer, MetricCatalogue catalogue)
{
    /// <summary>Tells the figures of one family apart.</summary>
    private const string Stat = "stat";

    private static readonly FurtherFamily[] Families =
    [
        new("_increase_per_second", "Rise of counters, per second of the window, of", "", r => r.IncreaseRate is { } rate ? [("", rate)] : []),
        new("_above_ratio", "Share of the samples above the threshold, of", "threshold", r => r.Above?.Select(a => (a.Key, a.Value)) ?? []),
        new("_change_ratio", "How far the mean lies above that of earlier days, as a share of it, of", "", r => r.Change is { } change ? [("", change)] : []),
        new("_distinct", "Different texts, under the label that the window names, of", "", r => r.Distinct is { } distinct ? [("", distinct)] : []),
    ];

    public async Task WriteAsync(IReadOnlyList<LivePoint> newest, CancellationToken abort)
    {
        foreach (var metric in newest.GroupBy(p => p.Series.Metric).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (name, points) = (ExpositionName.OfMetric(metric.Key), metric.OrderBy(p => p.Series, LiveSeries.Order).ToList());
            writer.Begin(name, "gauge", Help(metric.Key));
            foreach (var point in points)
            {
                Add(point);
                await writer.FlushAsync(abort);
            }
            foreach (var family in Families) await WriteAsync(name, family, points, abort);
        }
    }

    private async Task WriteAsync(string metric, FurtherFamily family, List<LivePoint> points, CancellationToken abort)
    {
        var figures = points.Where(p => p.Further is not null).SelectMany(p => family.Of(p.Further!).Select(f => (p.Series, f.Text, f.Value))).ToList();
        if (figures.Count == 0) return;
        writer.Begin(metric + family.Suffix, "gauge", $"{family.Help} {metric}.");
        foreach (var (series, text, value) in figures)
        {
            var labels = Labels(series, family.Label);
            writer.Add(value, family.Label.Length == 0 ? labels : $"{labels},{ExpositionWriter.Labels((family.Label, text))}");
            await writer.FlushAsync(abort);
        }
    }

    private string Help(string metric) =>
        catalogue[metric] is { } known ? $"{known.Description} Unit: {known.Unit}." : $"{metric}, as it was sent.";

    private void Add(LivePoint point)
    {
        var labels = Labels(point.Series, Stat);
        Add(labels, "mean", point.Mean);
        Add(labels, "min", point.Min);
        Add(labels, "max", point.Max);
        for (var i = 0; i < point.Quantiles.Length; i++) Add(labels, Percentile(point.Series.Ranks[i]), point.Quantiles[i]);
        Add(labels, "count", point.Count);
        if (point.Further?.StandardDeviation is { } deviation) Add(labels, "standard_deviation", deviation);
        if (point.Further?.Increase is { } increase) Add(labels, "increase", increase);
        if (point.Further?.Ewma is { } ewma) Add(labels, "ewma", ewma);
        if (point.Further?.Baseline is { } baseline) Add(labels, "baseline", baseline);
    }

    private void Add(string labels, string stat, double value) => writer.Add(value, $"{labels},{Stat}=\"{stat}\"");

    /// <summary>A label that cannot keep its name beside the others gets underscores at its end.</summary>
    /// <param name="own">The name of a label of the family's own.</param>
    private static string Labels(LiveSeries series, string own)
    {
        var taken = new HashSet<string> { "window", own };
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
