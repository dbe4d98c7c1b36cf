using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The sequences seen of a bounded number of sources. Beyond, the source unheard for the longest is forgotten: what it sends next is new.</summary>
internal sealed class SequenceTable
{
    private readonly Dictionary<byte[], SequenceWindow> _sources = new(Utf8Comparer.Instance);
    private long _uses;
    private IReadOnlyList<SeenSequences>? _records = [];

    /// <param name="restored">From the source unheard for the longest to the one heard last.</param>
    public SequenceTable(IReadOnlyList<SeenSequences>? restored)
    {
        foreach (var record in restored ?? [])
            _sources[Encoding.UTF8.GetBytes(record.Source)] = new SequenceWindow(record) { LastUse = ++_uses };
        if (_sources.Count > 0) _records = null;
    }

    /// <summary>From the source unheard for the longest to the one heard last. Immutable.</summary>
    public IReadOnlyList<SeenSequences> Records() => _records ??= [.. _sources.Values.OrderBy(s => s.LastUse).Select(s => s.Record())];

    /// <param name="source">The name as UTF-8.</param>
    /// <param name="maxSources">How many are known at most.</param>
    /// <param name="known">The name as it is kept, so that it need not be copied; null where the sequence is not new.</param>
    /// <returns>Whether the sequence had not been seen.</returns>
    public bool Add(ReadOnlySpan<byte> source, long sequence, int maxSources, out byte[]? known)
    {
        var sources = _sources.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!sources.TryGetValue(source, out known, out var window))
        {
            while (_sources.Count >= maxSources) _sources.Remove(_sources.MinBy(s => s.Value.LastUse).Key);
            _sources.Add(known = source.ToArray(), window = new SequenceWindow(Encoding.UTF8.GetString(source)));
        }
        if (!window.Add(sequence)) return false;
        window.LastUse = ++_uses;
        _records = null;
        return true;
    }
}
