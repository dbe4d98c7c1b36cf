using System.ComponentModel;

namespace Pipeline.Host;

/// <summary>How long each topic is kept.</summary>
public sealed record LogRetentionOptions
{
    [Description("What the sources saw. It must outlast the longest window.")]
    public RetentionOptions Observations { get; init; } = new() { MaxBytes = 1L << 30 };

    [Description("The results of windows.")]
    public RetentionOptions Windows { get; init; } = new() { MaxAge = TimeSpan.FromDays(7), MaxBytes = 1L << 30 };

    [Description("Partial results, late values, dead letters and progress.")]
    public RetentionOptions Other { get; init; } = new() { MaxBytes = 256L << 20 };
}
