namespace Pipeline.Processing;

/// <summary>
/// Room for up to <see cref="SortedValues.Most"/> numbers of each group. Groups with neighbouring numbers share a chunk of memory, in which all
/// have as much room as the one that needs most: so they lie in the order in which they are gone through.
/// </summary>
internal sealed class ValueRows
{
    private const int Bits = 4;
    private const int PerLine = 8; // of the cache
    private const int Mask = (1 << Bits) - 1;

    private double[]?[] _chunks = [];

    /// <summary>How many groups of each chunk have numbers.</summary>
    private byte[] _users = [];

    public Span<double> this[int id, int length] => _chunks[id >> Bits] is { } chunk ? Row(chunk, id)[..length] : [];

    /// <summary>Makes room for groups up to a number.</summary>
    public void Grow(int ids)
    {
        var chunks = (ids >> Bits) + 1;
        Arrays.Extend(ref _users, chunks);
        Arrays.Extend(ref _chunks, chunks);
    }

    /// <summary>Has the numbers of a group fetched, which are so many.</summary>
    public void Fetch(int id, int count)
    {
        if (_chunks[id >> Bits] is not { } chunk) return;
        var from = (id & Mask) * (chunk.Length >> Bits);
        for (var at = 0; at <= count; at += PerLine) Cache.Fetch(chunk, from + at);
    }

    /// <summary>The room of a group, for so many numbers at least; those that it had are still there.</summary>
    public Span<double> Reserve(int id, int count)
    {
        ref var chunk = ref _chunks[id >> Bits];
        if (chunk is null) chunk = new double[CapacityFor(count) << Bits];
        else if (chunk.Length >> Bits < count) chunk = Widened(chunk, CapacityFor(count));
        return Row(chunk, id);
    }

    /// <summary>A group had no numbers, and has some now.</summary>
    public void Join(int id) => _users[id >> Bits]++;

    /// <summary>A group had numbers, and has none any more.</summary>
    public void Leave(int id)
    {
        if (--_users[id >> Bits] == 0) _chunks[id >> Bits] = null;
    }

    private static Span<double> Row(double[] chunk, int id)
    {
        var capacity = chunk.Length >> Bits;
        return chunk.AsSpan((id & Mask) * capacity, capacity);
    }

    private static double[] Widened(double[] chunk, int capacity)
    {
        var wide = new double[capacity << Bits];
        for (var id = 0; id <= Mask; id++) Row(chunk, id).CopyTo(Row(wide, id));
        return wide;
    }

    /// <summary>More than is asked for: to widen is to allocate.</summary>
    private static int CapacityFor(int count) => count switch { <= 8 => 8, <= 16 => 16, <= 32 => 32, <= 48 => 48, <= 64 => 64, <= 96 => 96, _ => SortedValues.Most };
}
