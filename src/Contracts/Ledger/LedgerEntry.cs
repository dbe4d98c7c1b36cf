namespace Pipeline.Contracts;

/// <summary>One balanced line of the ledger, counted since the process started.</summary>
public sealed record LedgerEntry(
    string Name, long In, long Out, long Held, long Late, long Duplicate, long Malformed, long Filtered, long Rejected, long Overflow)
{
    public static LedgerEntry Zero(string name) => new(name, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>How many of those taken in were put together in the series labelled <c>overflow</c>, for want of room; they are among the others too.</summary>
    public long Pooled { get; init; }

    /// <summary>What is unaccounted for; 0 in a sound pipeline.</summary>
    public long Difference => In - (Out + Held + Late + Duplicate + Malformed + Filtered + Rejected + Overflow);

    /// <summary>Adds up two lines of one name, for example of two partitions.</summary>
    public LedgerEntry Plus(LedgerEntry other) => new(
        Name, In + other.In, Out + other.Out, Held + other.Held, Late + other.Late, Duplicate + other.Duplicate,
        Malformed + other.Malformed, Filtered + other.Filtered, Rejected + other.Rejected, Overflow + other.Overflow) { Pooled = Pooled + other.Pooled };
}
