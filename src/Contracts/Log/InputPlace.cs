namespace Pipeline.Contracts;

/// <summary>How far a group of readers has come.</summary>
/// <param name="Group">Who reads: a stage, on all its partitions.</param>
/// <param name="Next">The offset that it reads next.</param>
public readonly record struct InputPlace(string Group, TopicPartition Input, long Next);
