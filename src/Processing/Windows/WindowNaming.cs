using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Which windows the nodes of a merge say that they have parts of. A definition is whole while every node names it and has promised since.
/// Immutable.
/// </summary>
internal sealed class WindowNaming
{
    private readonly IReadOnlyCollection<string> _nodes;
    private readonly Dictionary<string, NamedWindow> _windows;

    private WindowNaming(IReadOnlyCollection<string> nodes, IReadOnlyDictionary<string, NamedWindow> windows, Func<string, WindowDefinition?> read)
    {
        _nodes = nodes;
        Definitions = windows.Keys.Select(read).OfType<WindowDefinition>().ToDictionary(d => d.Id); // others are of another version
        _windows = windows.Where(w => Definitions.ContainsKey(w.Key)).ToDictionary();
    }

    public IReadOnlyDictionary<string, WindowDefinition> Definitions { get; }

    /// <summary>As it stood where a progress rewinds to.</summary>
    public static WindowNaming Of(IReadOnlyCollection<string> nodes, Progress? progress) =>
        new(nodes, progress?.Named ?? progress?.Since.ToDictionary(s => s.Key, s => ByAll(nodes, s.Value)) ?? [], WindowDefinition.Read);

    /// <param name="watermark">As it stood before the tick.</param>
    public WindowNaming With(Tick tick, WatermarkRecord watermark)
    {
        var named = tick.Since!;
        var windows = _windows.ToDictionary();
        foreach (var (id, window) in _windows)
            if (window.Nodes.ContainsKey(tick.Source) && !named.ContainsKey(id)) Forget(windows, id, tick.Source, watermark);
        foreach (var (id, since) in named.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            if (Read(id) is not { } definition) continue;
            var window = windows.GetValueOrDefault(id) ?? new NamedWindow(PublishedOf(windows, definition.Name), new Dictionary<string, NodeNaming>());
            var at = window.Nodes.TryGetValue(tick.Source, out var before) ? before.At : tick.Time;
            windows[id] = window with { Nodes = With(window.Nodes, tick.Source, new NodeNaming(since, at)) };
        }
        return new WindowNaming(_nodes, windows.Where(w => w.Value.Nodes.Count > 0).ToDictionary(), Read);
    }

    /// <summary>Of the definitions that a node names, those that are put together from its parts of a window.</summary>
    public IEnumerable<string> MadeOf(string window, string node) =>
        Definitions.Values.Where(d => d.Parts.Name == window && _windows[d.Id].Nodes.ContainsKey(node)).Select(d => d.Id);

    /// <summary>By definition, where it is whole, the start of its first window that is to be published, Unix milliseconds.</summary>
    public Dictionary<string, long> Whole(WatermarkRecord watermark) =>
        Definitions.Values.Where(d => IsWhole(_windows[d.Id], watermark)).ToDictionary(d => d.Id, d => Since(d, _windows[d.Id]));

    /// <summary>What has to be remembered beside that: nothing where all is whole.</summary>
    public IReadOnlyDictionary<string, NamedWindow>? Rest(Dictionary<string, long> whole) => whole.Count == _windows.Count ? null : _windows;

    /// <summary>The first node that no longer names a whole definition ends it, and with it what any of its name may publish.</summary>
    private void Forget(Dictionary<string, NamedWindow> windows, string id, string node, WatermarkRecord watermark)
    {
        var window = windows[id];
        if (IsWhole(window, watermark) && Definitions.TryGetValue(id, out var definition))
            foreach (var other in Definitions.Values.Where(d => d.Name == definition.Name))
                windows[other.Id] = windows[other.Id] with { After = Math.Max(windows[other.Id].After, watermark.Time) };
        windows[id] = windows[id] with { Nodes = windows[id].Nodes.Where(n => n.Key != node).ToDictionary() };
    }

    private WindowDefinition? Read(string id) => Definitions.GetValueOrDefault(id) ?? WindowDefinition.Read(id);

    private long PublishedOf(Dictionary<string, NamedWindow> windows, string name) =>
        Definitions.Values.Where(d => d.Name == name).Select(d => windows[d.Id].After).DefaultIfEmpty(long.MinValue).Max();

    private bool IsWhole(NamedWindow window, WatermarkRecord watermark) =>
        window.Nodes.Count == _nodes.Count && watermark.Promises.Count == _nodes.Count && watermark.Promises.All(p => p.Promise > window.Nodes[p.Node].At);

    private static long Since(WindowDefinition definition, NamedWindow window)
    {
        var since = window.Nodes.Values.Max(n => n.Since);
        return window.After == long.MinValue ? since : Math.Max(since, window.After - definition.Slicing.Size + 1);
    }

    private static NamedWindow ByAll(IReadOnlyCollection<string> nodes, long since) =>
        new(long.MinValue, nodes.ToDictionary(n => n, _ => new NodeNaming(since, long.MinValue)));

    private static Dictionary<string, NodeNaming> With(IReadOnlyDictionary<string, NodeNaming> nodes, string node, NodeNaming naming) =>
        new(nodes) { [node] = naming };
}
