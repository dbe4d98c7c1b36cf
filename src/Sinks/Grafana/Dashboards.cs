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

/// <summary>What dashboards are made of.</summary>
internal sealed record DashboardPlan(IReadOnlyList<MetricInfo> Metrics, DashboardWindows Windows, VerdictOptions Limits)
{
    public string About(string metric) => Metrics.First(m => m.Name == metric).Description;

    public IReadOnlyList<Threshold> Availability => [new("red"), new("orange", Limits.ProbeUnhealthyBelow), new("green", Limits.ProbeDegradedBelow)];
    public IReadOnlyList<Threshold> FileSystem => [new("green"), new("orange", Limits.FileSystemDegraded), new("red", Limits.FileSystemUnhealthy)];
    public IReadOnlyList<Threshold> Memory => UpTo(Limits.MemoryDegraded);

    public static IReadOnlyList<Threshold> UpTo(double limit) => [new("green"), new("orange", limit)];
}
