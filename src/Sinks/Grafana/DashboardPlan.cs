using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks.Grafana;

/// <summary>What dashboards are made of.</summary>
internal sealed record DashboardPlan(IReadOnlyList<MetricInfo> Metrics, DashboardWindows Windows, VerdictOptions Limits)
{
    public string About(string metric) => Metrics.First(m => m.Name == metric).Description;

    public IReadOnlyList<Threshold> Availability => [new("red"), new("orange", Limits.ProbeUnhealthyBelow), new("green", Limits.ProbeDegradedBelow)];
    public IReadOnlyList<Threshold> FileSystem => [new("green"), new("orange", Limits.FileSystemDegraded), new("red", Limits.FileSystemUnhealthy)];

    public static IReadOnlyList<Threshold> UpTo(double limit) => [new("green"), new("orange", limit)];
}
