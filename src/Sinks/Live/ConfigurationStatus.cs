using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>What became of changes of the configuration file since the start.</summary>
/// <param name="Applied">Changes of windows that were taken.</param>
/// <param name="Refused">Files that were wrong.</param>
/// <param name="Reasons">Why what runs is not what the file says now; none where it is.</param>
public sealed record ConfigurationStatus(long Applied, long Refused, IReadOnlyList<VerdictReason> Reasons);
