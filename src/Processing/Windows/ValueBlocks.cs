namespace Pipeline.Processing;

/// <summary>Room for up to <see cref="SortedValues.Most"/> numbers, in blocks cut from large pieces of memory and used again.</summary>
internal sealed class ValueBlocks
{
    private const int Step = 4;
    private const int PieceBits = 13;

    private readonly List<double[]> _pieces = [];
    private readonly Stack<int>[] _free = [.. Enumerable.Range(0, SortedValues.Most / Step + 1).Select(_ => new Stack<int>())];
    private int _used = 1 << PieceBits;

    public Span<double> this[int block, int length] => _pieces[block >> PieceBits].AsSpan(block & ((1 << PieceBits) - 1), length);

    /// <summary>A little more than is asked for.</summary>
    public static int CapacityFor(int count) =>
        count switch { <= 4 => 4, <= 8 => 8, <= 16 => 16, <= 24 => 24, <= 32 => 32, <= 40 => 40, <= 48 => 48, <= 64 => 64, <= 96 => 96, _ => SortedValues.Most };

    /// <param name="capacity">One that <see cref="CapacityFor"/> gives.</param>
    public int Take(int capacity)
    {
        if (_free[capacity / Step].TryPop(out var block)) return block;
        if (_used + capacity > 1 << PieceBits)
        {
            _pieces.Add(new double[1 << PieceBits]);
            _used = 0;
        }
        block = ((_pieces.Count - 1) << PieceBits) + _used;
        _used += capacity;
        return block;
    }

    public void Give(int block, int capacity) => _free[capacity / Step].Push(block);
}
