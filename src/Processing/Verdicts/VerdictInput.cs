using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>All that a verdict is made from.</summary>
/// <param name="Now">Unix milliseconds.</param>
/// <param name="Newest">The newest window of every series, in any order.</param>
public sealed record VerdictInput(
    long Now, IReadOnlyList<SeriesReading> Newest, IReadOnlyList<StageLag> Lag, IReadOnlyList<LedgerEntry> Ledger)
{
    /// <summary>Reasons that were found elsewhere.</summary>
    public IReadOnlyList<VerdictReason> Others { get; init; } = [];
}
