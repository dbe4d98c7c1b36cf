namespace Pipeline.Transport.Embedded;

/// <summary>The data of all commits up to this one was forced to the disk.</summary>
internal sealed record Synced(long Sequence) : JournalEntry;
