namespace Pipeline.Processing;

/// <summary>How far a stage is behind the end of its input.</summary>
/// <param name="Seconds">The age of the oldest record that it has not read; 0 where it has read all.</param>
public sealed record StageLag(string Stage, int Partition, long Records, double Seconds);
