using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks.Grafana;

/// <summary>The dashboards of a configuration. What it has no window for is left out.</summary>
public static class Dashboards
{
    /// <param name="limits">Where healthy ends: what the thresholds are.</param>
    public static IReadOnlyList<Dashboard> Of(IReadOnlyList<MetricInfo> metrics, IReadOnlyList<WindowOptions> windows, VerdictOptions limits)
    {
        var plan = new DashboardPlan(metrics, new DashboardWindows(windows), limits);
        return [.. new[] { MissionControlDashboard.Of(plan), ProbesDashboard.Of(plan), HardwareDashboard.Of(plan), PipelineDashboard.Of(plan) }.OfType<Dashboard>()];
    }
}
