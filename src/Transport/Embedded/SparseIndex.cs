namespace Pipeline.Transport.Embedded;

/// <summary>Some places of a segment where a frame begins, about one every 64 KiB, to begin reading near an offset.</summary>
internal sealed class SparseIndex
{
    private const long Spacing = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly List<long> _offsets = [];
    private readonly List<long> _positions = [];

    /// <summary>Offers a place; it is kept if far enough behind the last one.</summary>
    public void Add(long offset, long position)
    {
        lock (_lock)
        {
            if (position < (_positions.Count == 0 ? 0 : _positions[^1]) + Spacing) return;
            _offsets.Add(offset);
            _positions.Add(position);
        }
    }

    /// <summary>A position at or before the offset.</summary>
    public long Before(long offset)
    {
        lock (_lock)
        {
            var found = _offsets.BinarySearch(offset);
            var before = found >= 0 ? found : ~found - 1;
            return before < 0 ? 0 : _positions[before];
        }
    }
}
