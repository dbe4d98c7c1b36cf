using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>How the pipeline itself is.</summary>
/// <param name="Started">When the process began, Unix milliseconds.</param>
public sealed record PipelineSnapshot(
    IReadOnlyList<StageLag> Lag,
    IReadOnlyList<LedgerEntry> Ledger,
    IReadOnlyList<TopicState> Topics,
    string Node,
    string Version,
    long Started)
{
    /// <summary>Null where it is not watched.</summary>
    public ConfigurationStatus? Configuration { get; init; }
}
