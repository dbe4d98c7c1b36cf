namespace Pipeline.Processing;

/// <summary>Counts by bucket key, in ascending order of the keys, at most so many: then the lowest are added to the lowest one kept.</summary>
internal sealed class BucketCounts(int max)
{
    private int[] _keys = new int[16];
    private long[] _counts = new long[16];

    public int Length { get; private set; }
    public long Total { get; private set; }
    public int Key(int index) => _keys[index];
    public long Count(int index) => _counts[index];

    public void Add(int key, long count)
    {
        Total += count;
        var at = Array.BinarySearch(_keys, 0, Length, key);
        if (at >= 0) { _counts[at] += count; return; }
        if (Length == max)
        {
            if (key < _keys[0]) { _counts[0] += count; return; }
            InsertAndDropLowest(~at, key, count);
        }
        else Insert(~at, key, count);
    }

    /// <summary>The key of the value of a rank, counted from 0.</summary>
    public int KeyAt(long rank)
    {
        var i = 0;
        for (var seen = _counts[0]; seen <= rank; seen += _counts[i]) i++;
        return _keys[i];
    }

    private void Insert(int at, int key, long count)
    {
        Arrays.Grow(ref _keys, Length + 1);
        Arrays.Grow(ref _counts, Length + 1);
        Array.Copy(_keys, at, _keys, at + 1, Length - at);
        Array.Copy(_counts, at, _counts, at + 1, Length - at);
        (_keys[at], _counts[at]) = (key, count);
        Length++;
    }

    private void InsertAndDropLowest(int at, int key, long count)
    {
        var lowest = _counts[0];
        Array.Copy(_keys, 1, _keys, 0, at - 1);
        Array.Copy(_counts, 1, _counts, 0, at - 1);
        (_keys[at - 1], _counts[at - 1]) = (key, count);
        _counts[0] += lowest;
    }
}
