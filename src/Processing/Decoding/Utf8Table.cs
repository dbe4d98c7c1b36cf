using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Processing;

/// <summary>
/// Values looked up by UTF-8 text without making a string of it. At most so many: when it is full it is emptied, since an entry can always be
/// made again.
/// </summary>
internal sealed class Utf8Table<T>(int max) where T : class
{
    private readonly Dictionary<byte[], T> _entries = new(Utf8Comparer.Instance);
    private Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> Lookup => _entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    public bool TryGet(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out T value) => Lookup.TryGetValue(text, out value);

    public T Add(ReadOnlySpan<byte> text, T value)
    {
        if (_entries.Count >= max) _entries.Clear();
        var lookup = Lookup;
        return lookup[text] = value;
    }
}
