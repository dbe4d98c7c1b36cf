namespace Pipeline.Transport;

/// <summary>How much a stage puts into one append, and how long it may go without one.</summary>
/// <param name="MaxQuietInputs">After so many inputs without an output the progress is written all the same, to keep a rewind short.</param>
/// <param name="MaxAge">An output waits at most this long for others to share its append.</param>
public sealed record StageLimits(int MaxRecords = 10_000, int MaxBytes = 4 << 20, int MaxQuietInputs = 50_000, TimeSpan MaxAge = default)
{
    /// <summary>After so long without an output the progress is written all the same, for others to see how far the stage is; null for never.</summary>
    public TimeSpan? MaxQuiet { get; init; }
}
