using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>What is known beforehand: the metrics of the built-in sources, and the windows of the configuration.</summary>
public sealed class MetricCatalogue
{
    private readonly Dictionary<string, MetricInfo> _metrics;

    public MetricCatalogue(IReadOnlyList<MetricInfo> metrics, IReadOnlyList<WindowOptions> windows)
    {
        _metrics = metrics.DistinctBy(m => m.Name).ToDictionary(m => m.Name);
        Windows = [.. windows.Select(w => w.Name).Distinct()];
        Metrics = [.. metrics.Select(m => m.Name).Concat(windows.Select(w => w.Metric).Where(m => !m.EndsWith('*'))).Distinct()];
    }

    public IReadOnlyCollection<string> Windows { get; }
    public IReadOnlyCollection<string> Metrics { get; }

    public MetricInfo? this[string metric] => _metrics.GetValueOrDefault(metric);
}
