namespace Pipeline.Transport.Rebuilding;

/// <summary>How far a rebuild is.</summary>
/// <param name="Records">Observations read, those that were read twice twice.</param>
/// <param name="At">The end up to which results are compared, Unix milliseconds.</param>
/// <param name="Share">Of the ends, 0 to 1.</param>
public sealed record RebuildProgress(long Records, long At, double Share);
