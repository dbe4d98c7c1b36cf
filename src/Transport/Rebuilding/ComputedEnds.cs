using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Transport.Rebuilding;

/// <summary>Keeps the last revision of each computed result until its end is final. That is what it holds: the ends of one lateness.</summary>
/// <param name="topic">Of the results.</param>
internal sealed class ComputedEnds(string topic, EndRange ends, ResultReader reader) : IReplayListener
{
    private readonly SortedDictionary<long, Dictionary<UInt128, ComputedResult>> _open = [];

    public void OnPublished(in PendingRecord record)
    {
        if (record.To.Topic != topic || reader.Read(record.Value) is not { } text || text.End < ends.First || text.End > ends.Last) return;
        if (!_open.TryGetValue(text.End, out var results)) _open.Add(text.End, results = []);
        if (text.Count > 0) results[text.Key] = new ComputedResult(record, text);
        else results.Remove(text.Key); // a session that is no more
    }

    /// <summary>The results of the first end, if it is not after <paramref name="through"/>, which are then let go of.</summary>
    public IReadOnlyCollection<ComputedResult>? Take(long through)
    {
        if (_open.Count == 0) return null;
        var (end, results) = _open.First();
        if (end > through) return null;
        _open.Remove(end);
        return results.Values;
    }
}
