using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A kind and a label set, with the metrics met under it.</summary>
internal sealed class Series(string kind, LabelSet labels)
{
    /// <summary>More value names than this in one series, and the table starts over.</summary>
    private const int MaxMetrics = 1024;

    private readonly Utf8Table<SeriesMetric> _metrics = new(MaxMetrics);

    public SeriesMetric Metric(ReadOnlySpan<byte> valueName) =>
        _metrics.TryGet(valueName, out var metric)
            ? metric
            : _metrics.Add(valueName, new SeriesMetric(kind + "." + Encoding.UTF8.GetString(valueName), labels));
}
