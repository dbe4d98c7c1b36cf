using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Ingest.Self;

/// <summary>How the program is, at one moment.</summary>
/// <param name="Verdict">Null where this process does not know it.</param>
public sealed record SelfReading(IReadOnlyList<LedgerEntry> Ledger, IReadOnlyList<StageLag> Lag, IReadOnlyList<TopicState> Topics, Verdict? Verdict);
