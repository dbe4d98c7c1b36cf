using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Host;

/// <summary>How long a topic is kept.</summary>
public sealed record RetentionOptions
{
    [Description("Records older than this are deleted, a file at a time.")]
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    [Description("Size of one partition; the oldest files beyond it are deleted.")]
    [Range(1L << 20, 1L << 50)]
    public long MaxBytes { get; init; } = 512L << 20;
}
