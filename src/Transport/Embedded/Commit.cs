namespace Pipeline.Transport.Embedded;

/// <summary>One atomic append, or several that shared a write.</summary>
internal sealed record Commit(long Sequence, long Time, IReadOnlyList<PartitionMark> Marks) : JournalEntry;
