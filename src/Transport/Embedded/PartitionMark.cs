namespace Pipeline.Transport.Embedded;

/// <summary>How far a partition reaches: up to an offset, which is where its newest segment is this many bytes long.</summary>
/// <param name="Index">Which partition, by its place in the journal's snapshot.</param>
internal readonly record struct PartitionMark(int Index, long Segment, long Length, long End);
