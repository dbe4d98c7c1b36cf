namespace Pipeline.Processing;

/// <summary>
/// The numbers of series by the bytes that name them in a record. Everything lies in two arrays, so that with 100,000 series to find one means
/// to wait for memory twice and not for each link of a chain.
/// </summary>
internal sealed class SeriesIndex
{
    /// <summary>More text than this is not kept from one batch to the next.</summary>
    private const int MostText = 1 << 28;

    private const int Fewest = 256;

    private Entry[] _entries = new Entry[Fewest];
    private byte[] _texts = new byte[Fewest * 64];
    private int _count, _used;

    public bool IsFull => _used > MostText;

    /// <param name="name">Of the value.</param>
    public bool TryGet(in SeriesText series, ReadOnlySpan<byte> name, out int number)
    {
        var hash = Utf8Comparer.Hash(name, series.Hash);
        for (var i = (int)hash & (_entries.Length - 1); _entries[i].IsUsed; i = (i + 1) & (_entries.Length - 1))
        {
            ref readonly var entry = ref _entries[i];
            number = entry.Number;
            if (entry.Hash == hash && Is(entry, series, name)) return true;
        }
        number = -1;
        return false;
    }

    /// <summary>One that is not in it.</summary>
    public void Add(in SeriesText series, ReadOnlySpan<byte> name, int number)
    {
        if (2 * ++_count > _entries.Length) Grow();
        Put(new Entry(Utf8Comparer.Hash(name, series.Hash), _used, series.Kind.Length, series.Labels.Length, name.Length, number));
        Keep(series.Kind);
        Keep(series.Labels);
        Keep(name);
    }

    public void Clear() => (_entries, _texts, _count, _used) = (new Entry[Fewest], new byte[Fewest * 64], 0, 0);

    private bool Is(in Entry entry, in SeriesText series, ReadOnlySpan<byte> name)
    {
        if (entry.Kind != series.Kind.Length || entry.Labels != series.Labels.Length || entry.Name != name.Length) return false;
        var text = _texts.AsSpan(entry.From, entry.Kind + entry.Labels + entry.Name);
        return text.StartsWith(series.Kind) && text[entry.Kind..].StartsWith(series.Labels) && text.EndsWith(name);
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        Arrays.Grow(ref _texts, _used + text.Length);
        text.CopyTo(_texts.AsSpan(_used));
        _used += text.Length;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[2 * old.Length];
        foreach (ref readonly var entry in old.AsSpan())
            if (entry.IsUsed) Put(entry);
    }

    private void Put(in Entry entry)
    {
        var i = (int)entry.Hash & (_entries.Length - 1);
        while (_entries[i].IsUsed) i = (i + 1) & (_entries.Length - 1);
        _entries[i] = entry;
    }

    /// <param name="From">Where its text begins.</param>
    /// <param name="Kind">The length of it, as that of labels and name.</param>
    private readonly record struct Entry(ulong Hash, int From, int Kind, int Labels, int Name, int Number)
    {
        /// <summary>A kind has its quotes at least.</summary>
        public bool IsUsed => Kind > 0;
    }
}

/// <summary>What a record says of the series of all its values, as it stands in the JSON.</summary>
internal readonly ref struct SeriesText(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> labels)
{
    public ReadOnlySpan<byte> Kind { get; } = kind;
    public ReadOnlySpan<byte> Labels { get; } = labels;
    public ulong Hash { get; } = Utf8Comparer.Hash(labels, Utf8Comparer.Hash(kind, 0));
}
