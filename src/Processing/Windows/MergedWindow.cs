using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One window of one group, put together from parts: of several partitions, of one time after the other, or both.</summary>
internal sealed class MergedWindow(WindowGroup group)
{
    /// <summary>A long window keeps so many parts as they came before it looks for those that it need not keep.</summary>
    private const int MaxLoose = 64;

    private static readonly Comparer<(long End, string Node)> ByTimeAndName =
        Comparer<(long End, string Node)>.Create((a, b) => a.End != b.End ? a.End.CompareTo(b.End) : string.CompareOrdinal(a.Node, b.Node));

    private readonly SortedList<(long End, string Node), PartialResult> _parts = new(ByTimeAndName);
    private Summary? _folded;
    private int _foldedParts;
    private bool _isChanged;

    public WindowGroup Group { get; } = group;
    public int Revision { get; private set; }

    /// <summary>The samples of the last revision.</summary>
    public SampleTotal Published { get; private set; }

    public int Parts => _foldedParts + _parts.Count;

    /// <summary>A node's later revision takes the place of its earlier one.</summary>
    /// <returns>Whether it was a further part.</returns>
    public bool Add(PartialResult part)
    {
        var key = (part.Result.End, part.Result.Node!);
        var isFurther = !_parts.TryGetValue(key, out var known);
        if (!isFurther && known!.Result.Revision >= part.Result.Revision) return false;
        _parts[key] = part;
        _isChanged = true;
        return isFurther;
    }

    /// <summary>Puts the parts together that nothing will change any more, where there are many.</summary>
    public void Fold(WindowDefinition definition, WatermarkRecord watermark)
    {
        if (_parts.Count < MaxLoose || definition.Of is not { } partsOf) return;
        var count = 0;
        for (; count < _parts.Count && _parts.Keys[count].End + partsOf.Lateness <= watermark.Time; count++)
        {
            Add(_parts.Values[count], _folded ??= new Summary(definition.SketchBits, definition.Statistics), definition.Statistics);
        }
        for (var i = count - 1; i >= 0; i--) _parts.RemoveAt(i);
        _foldedParts += count;
    }

    /// <summary>It is published with this for a further revision.</summary>
    public void Publish(Summary summary) => (Revision, Published) = (Revision + 1, new SampleTotal(summary.Count, summary.Sum));

    /// <summary>Whether parts have come since this was last asked.</summary>
    public bool TakeChange()
    {
        var isChanged = _isChanged;
        _isChanged = false;
        return isChanged;
    }

    /// <summary>Merged in the order of times and of the nodes' names, so that the sum has the same bytes however the parts came.</summary>
    public Summary Merge(WindowDefinition definition)
    {
        var merged = new Summary(definition.SketchBits, definition.Statistics);
        if (_folded is not null)
        {
            merged.Merge(_folded);
            merged.Statistics?.Merge(_folded.Statistics!);
        }
        foreach (var part in _parts.Values) Add(part, merged, definition.Statistics);
        return merged;
    }

    /// <summary>A statistic that a part lacks, since it was published under another configuration, is left out.</summary>
    private static void Add(PartialResult part, Summary to, StatisticSet? statistics)
    {
        to.Merge(part.Summary);
        if (statistics is not null) to.Statistics!.Merge(statistics.Pick(part.States));
    }
}
