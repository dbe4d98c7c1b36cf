using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The watermark of one partition: the least promise of its live nodes. It never goes back. A node whose last tick the log took more than
/// <see cref="QuietAfter"/> before the newest tick of any node is left out until it is heard again.
/// </summary>
public sealed class Watermark
{
    private readonly Dictionary<string, NodePromise> _nodes = new(StringComparer.Ordinal);
    private readonly IReadOnlyCollection<string>? _expected;

    public Watermark(WatermarkRecord? restored) => Current = Restore(restored);

    /// <summary>
    /// With the nodes known from the start: there is no watermark before each of them has promised, and none is ever left out.
    /// </summary>
    public Watermark(IReadOnlyCollection<string> expected, WatermarkRecord? restored)
        : this(restored) => _expected = expected;

    /// <summary>Milliseconds of log time.</summary>
    public long QuietAfter { get; set; } = long.MaxValue;

    public static WatermarkRecord None { get; } = new(long.MinValue, []);

    /// <summary>Immutable: what was taken from here stays as it stood.</summary>
    public WatermarkRecord Current { get; private set; }

    /// <param name="heard">When the log took the tick, Unix milliseconds.</param>
    public void OnTick(string node, long promise, long heard)
    {
        if (_expected?.Contains(node) == false) return;
        _nodes[node] = new NodePromise(node, promise, heard);
        var newest = _nodes.Values.Max(n => n.Heard);
        foreach (var quiet in _nodes.Values.Where(n => newest - n.Heard > QuietAfter).ToList()) _nodes.Remove(quiet.Node);
        var complete = _expected is null || _nodes.Count == _expected.Count;
        var least = complete ? _nodes.Values.Min(n => n.Promise) : long.MinValue;
        Current = new WatermarkRecord(Math.Max(Current.Time, least), [.. _nodes.Values.OrderBy(n => n.Node, StringComparer.Ordinal)]);
    }

    private WatermarkRecord Restore(WatermarkRecord? restored)
    {
        foreach (var node in restored?.Promises ?? []) _nodes[node.Node] = node;
        return restored ?? None;
    }
}
