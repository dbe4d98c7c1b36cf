namespace Pipeline.Contracts;

/// <summary>A topic as it is meant to be.</summary>
/// <param name="MaxAge">Records older than this may be deleted.</param>
/// <param name="MaxBytes">Per partition; the oldest records beyond it may be deleted.</param>
/// <param name="Compacted">The last record of every key outlives age and size.</param>
public sealed record TopicSpec(string Name, int Partitions, TimeSpan MaxAge, long MaxBytes, bool Compacted = false);
