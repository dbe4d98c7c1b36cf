using System.Numerics;

namespace Pipeline.Processing;

/// <summary>Small numbers, and the place of each among them: a bit for each, and for every 64 how many lie before.</summary>
internal sealed class RankedSet
{
    private Word[] _words = [];
    private int _used;

    public int Count { get; private set; }

    /// <summary>Nothing is in it, and room for numbers less than another.</summary>
    public void Begin(int below)
    {
        _used = (below + 63) >> 6;
        Arrays.Renew(ref _words, _used);
        _words.AsSpan(0, _used).Clear();
        Count = 0;
    }

    /// <summary>Their places are known after <see cref="Rank"/>.</summary>
    public void Add(int id) => _words[id >> 6].Bits |= 1UL << id;

    public void Add(RankedSet ids)
    {
        for (var i = 0; i < ids._used; i++) _words[i].Bits |= ids._words[i].Bits;
    }

    /// <returns>How many there are.</returns>
    public int Rank()
    {
        Count = 0;
        foreach (ref var word in _words.AsSpan(0, _used))
        {
            word.Before = Count;
            Count += BitOperations.PopCount(word.Bits);
        }
        return Count;
    }

    /// <summary>How many less than a number are in it, or -1 where that one is not.</summary>
    public int PlaceOf(int id)
    {
        var at = id >> 6;
        if (at >= _used) return -1;
        ref readonly var word = ref _words[at];
        var bit = 1UL << id;
        return (word.Bits & bit) == 0 ? -1 : word.Before + BitOperations.PopCount(word.Bits & (bit - 1));
    }

    /// <summary>Ascending.</summary>
    public Enumerator GetEnumerator() => new(this);

    public struct Enumerator(RankedSet ids)
    {
        private ulong _left;
        private int _at = -1;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (++_at >= ids._used) return false;
                _left = ids._words[_at].Bits;
            }
            Current = _at << 6 | BitOperations.TrailingZeroCount(_left);
            _left &= _left - 1;
            return true;
        }
    }

    private struct Word
    {
        public ulong Bits;
        public int Before;
    }
}
