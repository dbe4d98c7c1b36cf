using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>What is known beforehand: the metrics of the built-in sources, and the windows of the configuration.</summary>
public sealed class MetricCatalogue(IReadOnlyList<MetricInfo> metrics, IReadOnlyList<WindowOptions> windows)
{
    private readonly Dictionary<string, MetricInfo> _metrics = metrics.DistinctBy(m => m.Name).ToDictionary(m => m.Name);
    private volatile Names _names = Names.Of(metrics, windows);

    public IReadOnlyCollection<string> Windows => _names.Windows;
    public IReadOnlyCollection<string> Metrics => _names.Metrics;

    public MetricInfo? this[string metric] => _metrics.GetValueOrDefault(metric);

    /// <summary>The windows that are in force.</summary>
    public IReadOnlyList<WindowOptions> Configured => _names.Configured;

    /// <summary>The window of a name as it is configured, or null.</summary>
    public WindowOptions? Window(string name) => Configured.FirstOrDefault(w => w.Name == name);

    /// <summary>Takes other windows for those of the configuration.</summary>
    public void Retune(IReadOnlyList<WindowOptions> changed) => _names = Names.Of(metrics, changed);

    private sealed record Names(IReadOnlyCollection<string> Windows, IReadOnlyCollection<string> Metrics, IReadOnlyList<WindowOptions> Configured)
    {
        public static Names Of(IReadOnlyList<MetricInfo> metrics, IReadOnlyList<WindowOptions> windows) => new(
            [.. windows.Select(w => w.Name).Distinct()],
            [.. metrics.Select(m => m.Name).Concat(windows.Select(w => w.Metric).Where(m => !m.EndsWith('*'))).Distinct()],
            windows);
    }
}
