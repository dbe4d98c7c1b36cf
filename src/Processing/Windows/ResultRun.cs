using System.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The results of one window, or the corrections of several, that one input caused. Valid until the next batch.</summary>
public sealed class ResultRun
{
    private readonly WindowGroups _groups;
    private readonly WindowResults _results;
    private readonly int _from;

    internal ResultRun(WindowGroups groups, long end, string? node, WindowResults results, int from)
    {
        (_groups, Definition, _results, _from, Count) = (groups, groups.Definition, results, from, results.Ordered - from);
        (End, Node) = (end, node);
        NodeField = node is null ? null : Encoding.UTF8.GetBytes($",\"node\":\"{JsonEncodedText.Encode(node)}\"");
    }

    public int Count { get; }

    /// <summary>Of the window, Unix milliseconds.</summary>
    public long End { get; }

    /// <summary>Where a partial result comes from; null for a final one.</summary>
    public string? Node { get; }

    internal WindowDefinition Definition { get; }

    /// <summary>The last field of a partial result.</summary>
    internal byte[]? NodeField { get; }

    public WindowFigures Figures(int index) => _results.Next(_from + index).Figures;

    /// <summary>In the order of the definition's ranks.</summary>
    public ReadOnlySpan<double> Quantiles(int index) => _results.Quantiles(_results.At(_from + index), Definition.Quantiles.Count);

    /// <summary>Null where the definition asks for none.</summary>
    public FurtherFigures? Further(int index) => Definition.Statistics is null ? null : _results.Further(_from + index);

    internal WindowGroup GroupOf(int index) => _groups[_results.At(_from + index).Group];
    internal ref readonly WindowResults.Row RowOf(int index) => ref _results.Next(_from + index);
    internal ReadOnlySpan<byte> SketchOf(int index) => _results.Sketch(_results.At(_from + index));

    /// <summary>Has the text fetched that is written with a result: groups follow by name, which is no order of memory.</summary>
    internal void Fetch(int index)
    {
        if (GroupOf(index).Encoded is { } text) Cache.Fetch(text.Head, text.Head.Length - 1);
    }

    /// <summary>Where the window of a result begins: a session with its first sample.</summary>
    internal long StartOf(in WindowResults.Row row) => Definition.Kind == WindowKind.Session ? row.Figures.FirstTime : End - Definition.Slicing.Size;

    /// <summary>One result as it stands on the wire.</summary>
    public WindowResult Record(int index)
    {
        ref readonly var row = ref _results.At(_from + index);
        var (group, figures, quantiles) = (GroupOf(index), row.Figures, Quantiles(index).ToArray());
        var result = new WindowResult
        {
            Window = Definition.Name, Metric = group.Metric, Labels = group.Labels, Kind = Definition.KindOnWire,
            Start = StartOf(row), End = End,
            Revision = row.Revision, Node = Node, Count = figures.Count, Sum = figures.Sum, Min = figures.Min, Max = figures.Max,
            Mean = figures.Mean, Rate = figures.Rate, First = figures.First, FirstTime = figures.FirstTime, Last = figures.Last,
            LastTime = figures.LastTime, Sketch = _results.Sketch(row).ToArray(),
            Quantiles = Definition.Quantiles.Select((q, i) => (q.Name, quantiles[i])).ToDictionary(),
        };
        return Further(index) is { } further ? further.Of(result, Definition.Statistics!.Thresholds) : result;
    }
}
