namespace Pipeline.Contracts;

/// <summary>A topic as it is: its partitions in order.</summary>
public sealed record TopicState(string Name, IReadOnlyList<PartitionState> Partitions);

/// <param name="First">The offset of the first record that is still there.</param>
/// <param name="End">The offset that the next record will get.</param>
/// <param name="Bytes">Size on disk; null where the log does not tell.</param>
public sealed record PartitionState(long First, long End, long? Bytes);
