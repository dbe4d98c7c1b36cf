using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Contracts.Tests;

public sealed class LedgerTests
{
    [Fact]
    public void Difference_is_what_no_column_accounts_for()
    {
        var entry = new LedgerEntry("a", In: 100, Out: 1, Held: 2, Late: 4, Duplicate: 8, Malformed: 16, Filtered: 32, Rejected: 5, Overflow: 25);
        Assert.Equal(7, entry.Difference);
        Assert.Equal(0, (entry with { In = 93 }).Difference);
    }

    [Fact]
    public void Sum_of_balanced_lines_balances() => Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
    {
        var lines = numbers.Chunk(8).Select(Balanced).ToList();
        var sum = lines.Aggregate(LedgerEntry.Zero("a"), (a, b) => a.Plus(b));
        return sum.Difference == 0 && sum.In == lines.Sum(l => l.In) && sum.Rejected == lines.Sum(l => l.Rejected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_reason_has_a_column_of_its_own()
    {
        foreach (var reason in Enum.GetValues<DropReason>())
        {
            var account = new LedgerAccount("a");
            account.In(3);
            account.OnDropped(reason, 3);
            account.Settle();
            var entry = account.Read();
            Assert.Equal((0L, 3L), (entry.Difference, (long)typeof(LedgerEntry).GetProperty(reason.ToString())!.GetValue(entry)!));
        }
    }

    [Fact]
    public void What_was_put_together_is_among_the_others()
    {
        var account = new LedgerAccount("a");
        account.In(5);
        account.Pooled(2);
        account.Held(5);
        account.Settle();
        Assert.Equal((2L, 0L), (account.Read().Pooled, account.Read().Difference));
        Assert.Equal(4, account.Read().Plus(account.Read()).Pooled);
    }

    [Fact]
    public void Account_shows_settled_figures_only()
    {
        var account = new LedgerAccount("a");
        account.In(5);
        account.Held(5);
        Assert.Equal(LedgerEntry.Zero("a"), account.Read());
        account.Settle();
        account.Out(5);
        account.Held(0);
        Assert.Equal((5L, 0L, 5L), (account.Read().In, account.Read().Out, account.Read().Held));
    }

    [Fact]
    public async Task Reader_never_sees_an_account_out_of_balance()
    {
        const int rounds = 50_000;
        var ledger = new Ledger();
        var accounts = new[] { ledger.Open("a"), ledger.Open("a"), ledger.Open("b") };
        using var posted = new CancellationTokenSource();
        var posting = Task.Run(() => { Post(accounts, rounds); posted.Cancel(); });
        while (!posted.IsCancellationRequested) Assert.All(ledger.Read(), e => Assert.Equal(0, e.Difference));
        await posting;
        Assert.Equal([("a", 2L * rounds * 3), ("b", rounds * 3L)], ledger.Read().Select(e => (e.Name, e.In)));
    }

    [Fact]
    public void Ledger_is_in_the_order_of_the_names()
    {
        var ledger = new Ledger();
        foreach (var name in new[] { "b", "a", "B", "a" }) ledger.Open(name);
        Assert.Equal(["B", "a", "b"], ledger.Read().Select(e => e.Name));
    }

    private static void Post(LedgerAccount[] accounts, int rounds)
    {
        for (var i = 0; i < rounds; i++)
            foreach (var account in accounts)
            {
                account.In(3);
                account.Out(1);
                account.Held(i + 1);
                account.OnDropped(DropReason.Late, 1);
                account.Settle();
            }
    }

    private static LedgerEntry Balanced(int[] numbers)
    {
        var n = numbers.Concat(Enumerable.Repeat(0, 8)).Select(i => (long)i).ToArray();
        return new LedgerEntry("a", n[..8].Sum(), n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }
}
