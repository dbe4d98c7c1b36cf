namespace Pipeline.Transport.Embedded;

/// <summary>What a journal file says.</summary>
/// <param name="Synced">The state that is safe on the disk.</param>
/// <param name="Pending">The commits after it, in their order.</param>
/// <param name="End">Where the sound entries end, in bytes.</param>
/// <param name="IsDamaged">Sound entries follow an unsound one: not a torn end, but damage.</param>
internal sealed record JournalContent(Snapshot Synced, IReadOnlyList<Commit> Pending, int End, bool IsDamaged)
{
    public static JournalContent Read(byte[] bytes)
    {
        if (JournalEntry.Read(bytes, 0, out var at) is not Snapshot synced) return new JournalContent(Snapshot.Empty, [], 0, bytes.Length > 0);
        var pending = new Queue<Commit>();
        var sequence = synced.Sequence;
        while (JournalEntry.Read(bytes, at, out var next) is { } entry)
        {
            if (entry is Commit commit)
            {
                if (commit.Sequence != ++sequence) break;
                pending.Enqueue(commit);
            }
            else if (entry is Synced mark)
            {
                while (pending.TryPeek(out var first) && first.Sequence <= mark.Sequence) synced = synced.After(pending.Dequeue());
            }
            at = next;
        }
        return new JournalContent(synced, [.. pending], at, HasEntryAfter(bytes, at));
    }

    private static bool HasEntryAfter(byte[] bytes, int at)
    {
        for (at++; at < bytes.Length - JournalEntry.Prefix; at++)
            if (JournalEntry.Read(bytes, at, out _) is not null) return true;
        return false;
    }
}
