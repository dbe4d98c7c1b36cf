namespace Pipeline.Contracts;

/// <summary>
/// The books of one stream through one place. One thread posts at a time (<see cref="In"/>, <see cref="Out"/>, <see cref="Held"/>,
/// <see cref="OnDropped"/>) and calls <see cref="Settle"/> when they balance; readers see settled figures only.
/// </summary>
public sealed class LedgerAccount(string name) : IDropListener
{
    private readonly Lock _lock = new();
    private readonly long[] _drops = new long[Enum.GetValues<DropReason>().Length];
    private LedgerEntry _settled = LedgerEntry.Zero(name);
    private long _in, _out, _held, _pooled;

    public void In(long count) => _in += count;
    public void Out(long count) => _out += count;

    /// <summary>Values taken in and not yet given out, from now on.</summary>
    public void Held(long count) => _held = count;

    /// <inheritdoc cref="LedgerEntry.Pooled"/>
    public void Pooled(long count) => _pooled += count;

    public void OnDropped(DropReason reason, long count) => _drops[(int)reason] += count;

    /// <summary>Another run will take in again what this one holds: it no longer counts as taken in here.</summary>
    public void GiveBack()
    {
        (_in, _held) = (_in - _held, 0);
        Settle();
    }

    /// <summary>Makes what was posted visible, all at once.</summary>
    public void Settle()
    {
        var entry = new LedgerEntry(name, _in, _out, _held, _drops[(int)DropReason.Late], _drops[(int)DropReason.Duplicate],
            _drops[(int)DropReason.Malformed], _drops[(int)DropReason.Filtered], _drops[(int)DropReason.Rejected], _drops[(int)DropReason.Overflow]) { Pooled = _pooled };
        lock (_lock) _settled = entry;
    }

    public LedgerEntry Read()
    {
        lock (_lock) return _settled;
    }
}
