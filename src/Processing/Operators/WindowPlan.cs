namespace Pipeline.Processing;

/// <summary>A window and how it is computed.</summary>
/// <param name="SpansPartitions">Its groups have parts in several partitions, so it takes a second step.</param>
public sealed record WindowPlan(WindowDefinition Definition, bool SpansPartitions);
