using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Processing;

/// <summary>Where healthy ends.</summary>
public sealed record VerdictOptions
{
    [Description("A target is degraded when less than this share of its probes from some vantage succeeds.")]
    [Range(0.0, 1.0)]
    public double ProbeDegradedBelow { get; init; } = 1;

    [Description("A vantage fails when less than this share of its probes succeeds; a target that fails from all its vantages is unhealthy.")]
    [Range(0.0, 1.0)]
    public double ProbeUnhealthyBelow { get; init; } = 0.5;

    [Description("A host is degraded when this share of a file system is used.")]
    [Range(0.0, 1.0)]
    public double FileSystemDegraded { get; init; } = 0.9;

    [Description("A host is unhealthy when this share of a file system is used.")]
    [Range(0.0, 1.0)]
    public double FileSystemUnhealthy { get; init; } = 0.97;

    [Description("A host is degraded when this share of its memory is used.")]
    [Range(0.0, 1.0)]
    public double MemoryDegraded { get; init; } = 0.95;

    [Description("A host is degraded when some task waits for memory this share of the time.")]
    [Range(0.0, 1.0)]
    public double MemoryPressureDegraded { get; init; } = 0.2;

    [Description("A host is degraded when some task waits for a core this share of the time.")]
    [Range(0.0, 1.0)]
    public double CpuPressureDegraded { get; init; } = 0.6;

    [Description("A series is silent when its newest window ended longer ago than this and the size of the window.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(30);

    [Description("When the newest data of all is older than this, nothing is known.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UnknownAfter { get; init; } = TimeSpan.FromSeconds(60);

    [Description("A stage that is further behind its input than this is degraded.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LagDegraded { get; init; } = TimeSpan.FromSeconds(60);

    [Description("At most so many reasons are given; the rest is counted.")]
    [Range(1, 1000)]
    public int MaxReasons { get; init; } = 20;
}
