using Pipeline.Contracts;

namespace Pipeline.Ingest;

/// <summary>Books what a source gives up before it emits it: taken in and dropped at once. For any thread.</summary>
public sealed class SourceDrops(LedgerAccount account) : IDropListener
{
    private readonly Lock _lock = new();

    public void OnDropped(DropReason reason, long count)
    {
        lock (_lock)
        {
            account.In(count);
            account.OnDropped(reason, count);
            account.Settle();
        }
    }
}
