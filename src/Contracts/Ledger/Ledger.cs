using System.Collections.Concurrent;

namespace Pipeline.Contracts;

/// <summary>All accounts of a process. Accounts of one name are shown as one line.</summary>
public sealed class Ledger
{
    private readonly ConcurrentQueue<LedgerAccount> _accounts = new();

    public LedgerAccount Open(string name)
    {
        var account = new LedgerAccount(name);
        _accounts.Enqueue(account);
        return account;
    }

    public IReadOnlyList<LedgerEntry> Read() =>
    [
        .. _accounts.Select(a => a.Read())
            .GroupBy(e => e.Name)
            .Select(g => g.Aggregate((a, b) => a.Plus(b)))
            .OrderBy(e => e.Name, StringComparer.Ordinal),
    ];
}
