using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Processing;

/// <summary>
/// Counts by bucket key in blocks of an octave or more, with the total of every block: adding and taking away are exact inverses and cost
/// the same whatever is held, and a rank is found by the totals first.
/// </summary>
internal sealed class BucketHistogram(int sketchBits)
{
    /// <summary>Buckets that are looked at in one step; a block has a multiple of them.</summary>
    private const int Together = 16;

    private readonly int _blockBits = Math.Max(6, sketchBits);

    /// <summary>By place of the block. A count takes a byte until one of them does not do: memory is what adding costs.</summary>
    private byte[] _counts = [];
    private long[]? _wide;
    private long[] _totals = [];

    /// <summary>The place of a block, by its number less the lowest; -1 where it has none.</summary>
    private short[] _places = [];

    /// <summary>The numbers of the blocks by place, and the places in the order of the numbers.</summary>
    private int[] _numbers = [], _order = [];
    private int _lowest;

    /// <summary>As many as there are numbers; here too, since <see cref="Fetch"/> is not to wait for an array to learn its length.</summary>
    private int _blocks;

    public long Count { get; private set; }

    /// <summary>Has the counts fetched, and what leads to them.</summary>
    public void Fetch()
    {
        Cache.FetchObject(_counts, _blocks << _blockBits);
        Cache.FetchObject(_totals, _blocks * sizeof(long));
        Cache.FetchObject(_places);
        Cache.FetchObject(_order);
        Cache.FetchObject(_numbers);
    }

    /// <param name="count">Negative to take away what was added.</param>
    public void Add(int key, long count)
    {
        var number = key >> _blockBits;
        var index = number - _lowest;
        var places = _places;
        int place = (uint)index < (uint)places.Length ? places[index] : -1;
        if (place < 0) place = Open(number);
        var at = (place << _blockBits) + (key & ((1 << _blockBits) - 1));
        Count += count;
        _totals[place] += count;
        if (_wide is null && _counts[at] + count is >= 0 and <= byte.MaxValue) _counts[at] = (byte)(_counts[at] + count);
        else AddWide(at, count);
    }

    /// <summary>Adds numbers one by one, or takes them away.</summary>
    /// <param name="sign">1 or -1.</param>
    public void Add(ReadOnlySpan<double> values, int sign)
    {
        var added = _wide is null ? AddNarrow(values, sign) : 0;
        foreach (var value in values[added..]) Add(SketchBuckets.Of(value, sketchBits), sign);
    }

    /// <summary>Adds the counts of a sketch, or takes them away.</summary>
    /// <param name="sign">1 or -1.</param>
    public void Add(BucketCounts buckets, int sign)
    {
        for (var i = 0; i < buckets.Length; i++) Add(buckets.Key(i), sign * buckets.Count(i));
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_totals);
        (Count, _wide) = (0, null);
    }

    /// <summary>The key of the value of a rank, counted from 0.</summary>
    public int KeyAt(long rank)
    {
        var key = rank < Count / 2 ? FromLow(rank) : FromHigh(Count - 1 - rank);
        return _numbers.Length << _blockBits <= QuantileSketch.MaxBuckets ? key : Math.Max(key, LowestKept());
    }

    /// <summary>The buckets in ascending order; where there are too many for a sketch, the lowest in one.</summary>
    public BucketEnumerator GetEnumerator() => new(this);

    private long this[int place, int bucket] => _wide is null ? _counts[(place << _blockBits) + bucket] : _wide[(place << _blockBits) + bucket];

    private int FromLow(long rank)
    {
        var i = 0;
        for (; rank >= _totals[_order[i]]; i++) rank -= _totals[_order[i]];
        var (from, j) = (_order[i] << _blockBits, 0);
        if (_wide is not null)
        {
            for (; rank >= _wide[from + j]; j++) rank -= _wide[from + j];
        }
        else
        {
            var block = _counts.AsSpan(from, 1 << _blockBits);
            for (; Of(block, j) is var held && rank >= held; j += Together) rank -= held;
            for (; rank >= block[j]; j++) rank -= block[j];
        }
        return (_numbers[_order[i]] << _blockBits) + j;
    }

    private int FromHigh(long rank)
    {
        var i = _order.Length - 1;
        for (; rank >= _totals[_order[i]]; i--) rank -= _totals[_order[i]];
        var (from, j) = (_order[i] << _blockBits, (1 << _blockBits) - 1);
        if (_wide is not null)
        {
            for (; rank >= _wide[from + j]; j--) rank -= _wide[from + j];
        }
        else
        {
            var block = _counts.AsSpan(from, 1 << _blockBits);
            for (; Of(block, j - Together + 1) is var held && rank >= held; j -= Together) rank -= held;
            for (; rank >= block[j]; j--) rank -= block[j];
        }
        return (_numbers[_order[i]] << _blockBits) + j;
    }

    /// <summary>What the buckets of one step hold, which is no more than their histogram does.</summary>
    private static int Of(ReadOnlySpan<byte> block, int from)
    {
        var step = Vector128.Create(block.Slice(from, Together));
        if (Sse2.IsSupported)
        {
            var sums = Sse2.SumAbsoluteDifferences(step, Vector128<byte>.Zero).AsInt32();
            return sums[0] + sums[2];
        }
        var (low, high) = Vector128.Widen(step);
        return Vector128.Sum(low + high);
    }

    /// <summary>The key of the lowest bucket that a sketch keeps, or less.</summary>
    private int LowestKept()
    {
        var left = QuantileSketch.MaxBuckets;
        if (_numbers.Length << _blockBits <= left) return int.MinValue;
        for (var i = _order.Length - 1; i >= 0; i--)
            for (var j = (1 << _blockBits) - 1; j >= 0 && _totals[_order[i]] > 0; j--)
                if (this[_order[i], j] > 0 && --left == 0) return (_numbers[_order[i]] << _blockBits) + j;
        return int.MinValue;
    }

    /// <summary>Adds numbers up to the first whose count takes more than a byte.</summary>
    /// <returns>How many.</returns>
    private int AddNarrow(ReadOnlySpan<double> values, int sign)
    {
        var (counts, totals, places, lowest, added) = (_counts, _totals, _places, _lowest, 0);
        for (; added < values.Length; added++)
        {
            var key = SketchBuckets.Of(values[added], sketchBits);
            var index = (key >> _blockBits) - lowest;
            int place = (uint)index < (uint)places.Length ? places[index] : -1;
            if (place < 0)
            {
                place = Open(key >> _blockBits);
                (counts, totals, places, lowest) = (_counts, _totals, _places, _lowest);
            }
            ref var count = ref counts[(place << _blockBits) + (key & ((1 << _blockBits) - 1))];
            if ((uint)(count + sign) > byte.MaxValue) break;
            count = (byte)(count + sign);
            totals[place] += sign;
        }
        Count += sign * added;
        return added;
    }

    private void AddWide(int at, long count)
    {
        if (_wide is null) _wide = Array.ConvertAll(_counts, c => (long)c);
        else if (_wide.Length < _counts.Length) Array.Resize(ref _wide, _counts.Length);
        _wide[at] += count;
    }

    private int Open(int number)
    {
        var place = (short)_numbers.Length;
        Array.Resize(ref _numbers, place + 1);
        Array.Resize(ref _totals, place + 1);
        Array.Resize(ref _counts, (place + 1) << _blockBits);
        _numbers[place] = number;
        _blocks = place + 1;
        _order = [.. Enumerable.Range(0, place + 1).OrderBy(p => _numbers[p])];
        _lowest = _numbers[_order[0]];
        _places = new short[_numbers[_order[^1]] - _lowest + 1];
        Array.Fill(_places, (short)-1);
        for (short p = 0; p <= place; p++) _places[_numbers[p] - _lowest] = p;
        return place;
    }

    public struct BucketEnumerator(BucketHistogram of)
    {
        private readonly int _lowest = of.LowestKept();
        private int _block = -1, _bucket;
        private uint _filled;
        private long _below;

        public (int Key, long Count) Current { get; private set; }

        public bool MoveNext()
        {
            while (true)
            {
                while (_filled == 0)
                    if (!Advance()) return false;
                var (place, bucket) = (of._order[_block], _bucket + BitOperations.TrailingZeroCount(_filled));
                _filled &= _filled - 1;
                _below += of[place, bucket];
                var key = (of._numbers[place] << of._blockBits) + bucket;
                if (key < _lowest) continue;
                (Current, _below) = ((key, _below), 0);
                return true;
            }
        }

        /// <summary>Looks at the buckets of the next step, or goes to the next block that holds something.</summary>
        private bool Advance()
        {
            if (_block >= 0 && (_bucket += Together) < 1 << of._blockBits)
            {
                _filled = of.Filled(of._order[_block], _bucket);
                return true;
            }
            do
                if (++_block == of._order.Length) return false;
            while (of._totals[of._order[_block]] == 0);
            _bucket = -Together;
            return true;
        }
    }

    /// <summary>Which buckets of a step hold something, a bit each.</summary>
    private uint Filled(int place, int bucket)
    {
        var from = (place << _blockBits) + bucket;
        if (_wide is null) return ~Vector128.Equals(Vector128.Create<byte>(_counts.AsSpan(from)), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;
        var filled = 0u;
        for (var i = 0; i < Together; i++) filled |= _wide[from + i] == 0 ? 0 : 1u << i;
        return filled;
    }
}
