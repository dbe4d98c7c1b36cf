using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One window of one group, put together from the parts of the partitions.</summary>
internal sealed class MergedWindow(WindowGroup group, long end, long firstOffset, MergePoint atFirst)
{
    private readonly SortedList<string, PartialResult> _parts = new(StringComparer.Ordinal);

    public WindowGroup Group { get; } = group;
    public long End { get; } = end;
    public long FirstOffset { get; } = firstOffset;
    public MergePoint AtFirst { get; } = atFirst;
    public int Revision { get; set; }
    public bool IsChanged { get; private set; }
    public int Parts => _parts.Count;

    /// <summary>A node's later revision takes the place of its earlier one.</summary>
    /// <returns>Whether it was a further part.</returns>
    public bool Add(PartialResult part)
    {
        var node = part.Result.Node!;
        var isFurther = !_parts.TryGetValue(node, out var known);
        if (!isFurther && known!.Result.Revision >= part.Result.Revision) return false;
        _parts[node] = part;
        IsChanged = true;
        return isFurther;
    }

    /// <summary>Merged in the order of the nodes' names, so that the sum has the same bytes however the parts came.</summary>
    public Summary Merge(int sketchBits)
    {
        IsChanged = false;
        var merged = new Summary(sketchBits);
        foreach (var part in _parts.Values) merged.Merge(part.Summary);
        return merged;
    }
}

/// <summary>What a merge has to know to begin at a place: what its nodes have promised and named by then.</summary>
internal sealed record MergePoint(WatermarkRecord Watermark, WindowNaming Naming);
