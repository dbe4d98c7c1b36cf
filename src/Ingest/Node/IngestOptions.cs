using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Ingest;

/// <summary>How the sources of one process reach the log.</summary>
public sealed record IngestOptions
{
    [Description("At most so many emissions wait for the log; what a full queue does with one more is each source's own policy.")]
    [Range(16, 1_000_000)]
    public int Queue { get; init; } = 4096;

    [Description("A source silent for longer than this no longer holds back the promise of its node; what it sends then may be late.")]
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromSeconds(45);

    [Description("A source that failed is started again after this.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RestartAfter { get; init; } = TimeSpan.FromSeconds(5);
}
