using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>The columns of the ledger, by the names that every interface shows.</summary>
internal static class LedgerColumns
{
    public static IEnumerable<(string Column, long Count)> Of(LedgerEntry entry) =>
    [
        ("in", entry.In), ("out", entry.Out), ("held", entry.Held), ("late", entry.Late), ("duplicate", entry.Duplicate),
        ("malformed", entry.Malformed), ("filtered", entry.Filtered), ("rejected", entry.Rejected), ("overflow", entry.Overflow),
    ];
}
