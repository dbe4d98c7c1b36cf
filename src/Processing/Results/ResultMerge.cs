using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Merges results of one window over places and times: of each key the highest revision, and nothing of those that were taken back. No
/// sample counts twice: of each series the newest window is taken, then the newest that ends no later than that one begins, and so on. So of
/// a hopping window those a full size apart count, of a sliding one those that do not overlap, and all tumbling ones and sessions.
/// Depends on neither the order of results nor how often they come. Not for two threads at once.
/// </summary>
/// <param name="most">At most so many results are held.</param>
public sealed class ResultMerge(MergeQuery query, int most)
{
    private readonly Dictionary<(string Metric, LabelSet Labels), Dictionary<long, WindowResult>> _series = [];
    private long _unreadable;

    public MergeQuery Query => query;

    /// <summary>How many results are held.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a result, if it is among those asked for.</summary>
    /// <param name="result">Null for a record that is none.</param>
    /// <returns>False where it would be one too many; then it was not taken.</returns>
    public bool Add(WindowResult? result)
    {
        if (result is null) _unreadable++;
        if (result is null || !IsAskedFor(result)) return true;
        if (!_series.TryGetValue((result.Metric, result.Labels), out var ends)) _series.Add((result.Metric, result.Labels), ends = []);
        if (ends.TryGetValue(result.End, out var known))
        {
            if (result.Revision > known.Revision) ends[result.End] = result;
            return true;
        }
        if (Count == most) return false;
        Count++;
        ends.Add(result.End, result);
        return true;
    }

    /// <summary>What was taken so far, merged.</summary>
    public MergedResults Merge()
    {
        var groups = new Dictionary<(string, LabelSet), GroupMerge>();
        var (overlapping, unlabelled, withoutSketch, unreadable) = (0L, 0L, 0L, _unreadable);
        foreach (var ((metric, labels), ends) in InOrder(_series, s => s.Key))
        {
            var shown = ends.Values.Where(r => r.Count > 0).ToList();
            if (shown.Count == 0) continue;
            if (Kept(labels) is not { } kept)
            {
                unlabelled += shown.Count;
                continue;
            }
            var mergeable = shown.Where(r => r.Sketch.Length > 0).ToList();
            var parts = EndToEnd(mergeable);
            withoutSketch += shown.Count - mergeable.Count;
            overlapping += mergeable.Count - parts.Count;
            if (!groups.TryGetValue((metric, kept), out var group)) groups.Add((metric, kept), group = new GroupMerge(kept));
            unreadable += parts.Count(part => !group.TryAdd(part));
        }
        return new MergedResults([.. InOrder(groups, g => g.Key).Select(g => g.Value.Finish()).OfType<MergedGroup>()], new(overlapping, unlabelled, withoutSketch, unreadable));
    }

    /// <summary>By metric, then labels, so that sums are the same to the last bit.</summary>
    private static IEnumerable<T> InOrder<T>(IEnumerable<T> items, Func<T, (string Metric, LabelSet Labels)> key) =>
        items.OrderBy(i => key(i).Metric, StringComparer.Ordinal).ThenBy(i => key(i).Labels.ToString(), StringComparer.Ordinal);

    private bool IsAskedFor(WindowResult result) =>
        result.Window == query.Window && (query.Metric is null || query.Metric == result.Metric) && result.End >= query.From && result.End <= query.To;

    private LabelSet? Kept(LabelSet labels) =>
        query.By.All(name => labels[name] is not null) ? LabelSet.Of(query.By.Select(name => KeyValuePair.Create(name, labels[name]!))) : null;

    /// <summary>Those of one series that are taken, the oldest first.</summary>
    private static List<WindowResult> EndToEnd(IEnumerable<WindowResult> series)
    {
        var taken = new List<WindowResult>();
        foreach (var result in series.OrderByDescending(r => r.End))
            if (taken.Count == 0 || result.End <= taken[^1].Start) taken.Add(result);
        taken.Reverse();
        return taken;
    }
}
