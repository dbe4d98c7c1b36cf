using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>The whole state, first in every journal; all of it is safe on the disk as far as the fsync policy goes.</summary>
/// <param name="Generation">Rises with every rewriting of the journal.</param>
/// <param name="Sequence">The last commit that is in it.</param>
/// <param name="Time">The last append time, Unix ms.</param>
internal sealed record Snapshot(
    long Generation, long Sequence, long Time, IReadOnlyList<TopicPartition> Names, IReadOnlyList<PartitionMark> Marks) : JournalEntry
{
    public static Snapshot Empty { get; } = new(0, 0, 0, [], []);

    /// <summary>The state after a commit.</summary>
    public Snapshot After(Commit commit)
    {
        var marks = Marks.ToArray();
        foreach (var mark in commit.Marks) marks[mark.Index] = mark;
        return this with { Sequence = commit.Sequence, Time = commit.Time, Marks = marks };
    }
}
