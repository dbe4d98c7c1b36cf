using Pipeline.Contracts;

namespace Pipeline.Testing;

/// <summary>Counts what was dropped, by reason.</summary>
public sealed class CollectingDrops : IDropListener
{
    private readonly Dictionary<DropReason, long> _counts = [];

    public long this[DropReason reason] => _counts.GetValueOrDefault(reason);
    public long Total => _counts.Values.Sum();
    public void OnDropped(DropReason reason, long count) => _counts[reason] = this[reason] + count;
}
