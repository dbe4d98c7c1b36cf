using System.Diagnostics;

namespace Pipeline.Processing;

/// <summary>
/// Counts by bucket key in blocks of 64, with the total of every block: adding and taking away are exact inverses and cost the same
/// whatever is held, and a rank is found by the totals first.
/// </summary>
internal sealed class BucketHistogram
{
    private const int BlockBits = 6;
    private const int BlockSize = 1 << BlockBits;

    private long[]?[] _blocks = [];
    private long[] _totals = [];
    private int _lowest;
    private int _distinct;

    public long Count { get; private set; }

    /// <param name="count">Negative to take away what was added.</param>
    public void Add(int key, long count)
    {
        var index = (key >> BlockBits) - _lowest;
        if ((uint)index >= (uint)_blocks.Length || _blocks[index] is not { } block) block = Open(key >> BlockBits, out index);
        ref var held = ref block[key & (BlockSize - 1)];
        if (held == 0) _distinct++;
        held += count;
        if (held == 0) _distinct--;
        _totals[index] += count;
        Count += count;
    }

    public void Clear()
    {
        for (var i = 0; i < _blocks.Length; i++)
            if (_totals[i] != 0) Array.Clear(_blocks[i]!);
        Array.Clear(_totals);
        (Count, _distinct) = (0, 0);
    }

    /// <summary>The key of the value of a rank, counted from 0.</summary>
    public int KeyAt(long rank)
    {
        var key = rank < Count / 2 ? FromLow(rank) : FromHigh(Count - 1 - rank);
        return _distinct <= QuantileSketch.MaxBuckets ? key : Math.Max(key, LowestKept());
    }

    /// <summary>The buckets in ascending order; where there are too many for a sketch, the lowest in one.</summary>
    public BucketEnumerator GetEnumerator() => new(this);

    public int Buckets => Math.Min(_distinct, QuantileSketch.MaxBuckets);

    private int FromLow(long rank)
    {
        var i = 0;
        for (; rank >= _totals[i]; i++) rank -= _totals[i];
        var (block, j) = (_blocks[i]!, 0);
        for (; rank >= block[j]; j++) rank -= block[j];
        return ((_lowest + i) << BlockBits) + j;
    }

    private int FromHigh(long rank)
    {
        var i = _totals.Length - 1;
        for (; rank >= _totals[i]; i--) rank -= _totals[i];
        var (block, j) = (_blocks[i]!, BlockSize - 1);
        for (; rank >= block[j]; j--) rank -= block[j];
        return ((_lowest + i) << BlockBits) + j;
    }

    private int LowestKept()
    {
        var left = QuantileSketch.MaxBuckets;
        for (var i = _blocks.Length - 1; i >= 0; i--)
            for (var j = BlockSize - 1; j >= 0 && _totals[i] > 0; j--)
                if (_blocks[i]![j] > 0 && --left == 0) return ((_lowest + i) << BlockBits) + j;
        throw new UnreachableException();
    }

    private long[] Open(int number, out int index)
    {
        if (_blocks.Length == 0) _lowest = number;
        var (low, high) = (Math.Min(_lowest, number), Math.Max(_lowest + _blocks.Length, number + 1));
        if (high - low > _blocks.Length)
        {
            var (blocks, totals) = (new long[]?[high - low], new long[high - low]);
            _blocks.CopyTo(blocks, _lowest - low);
            _totals.CopyTo(totals, _lowest - low);
            (_blocks, _totals, _lowest) = (blocks, totals, low);
        }
        index = number - _lowest;
        return _blocks[index] ??= new long[BlockSize];
    }

    public ref struct BucketEnumerator(BucketHistogram of)
    {
        private readonly int _lowestKept = of._distinct <= QuantileSketch.MaxBuckets ? int.MinValue : of.LowestKept();
        private int _at = -1;

        public (int Key, long Count) Current { get; private set; }

        public bool MoveNext()
        {
            var below = 0L;
            while (++_at < of._blocks.Length << BlockBits)
            {
                if (of._totals[_at >> BlockBits] == 0) { _at |= BlockSize - 1; continue; }
                var count = of._blocks[_at >> BlockBits]![_at & (BlockSize - 1)];
                if (count == 0) continue;
                var key = (of._lowest << BlockBits) + _at;
                if (key < _lowestKept) { below += count; continue; }
                Current = (key, count + below);
                return true;
            }
            return false;
        }
    }
}
