using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>Counts what a replay publishes, by topic and by window, and passes it on.</summary>
/// <param name="windows">The topic of the results.</param>
/// <param name="next">Null for nobody.</param>
internal sealed class ReplayCounts(string windows, IReplayListener? next) : IReplayListener
{
    private const int MaxName = 100;

    private readonly SortedDictionary<string, long> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _windows = [];

    public IReadOnlyDictionary<string, long> Topics => _topics;
    public IReadOnlyDictionary<string, long> Windows => _windows;

    public void OnPublished(in PendingRecord record)
    {
        _topics[record.To.Topic] = _topics.GetValueOrDefault(record.To.Topic) + 1;
        if (record.To.Topic == windows) Count(record.Value);
        next?.OnPublished(record);
    }

    /// <summary>A result begins with the name of its window.</summary>
    private void Count(ReadOnlySpan<byte> result)
    {
        var json = new Utf8JsonReader(result);
        while (json.TokenType != JsonTokenType.String) json.Read();
        Span<char> name = stackalloc char[MaxName];
        var counts = _windows.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = name[..json.CopyString(name)];
        counts[key] = counts.TryGetValue(key, out var count) ? count + 1 : 1;
    }
}
