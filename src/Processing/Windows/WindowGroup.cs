using System.Runtime.InteropServices;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One group of one window definition, with its part of every live slice, in the order of the slices.</summary>
internal sealed class WindowGroup(string metric, LabelSet labels)
{
    private readonly List<Part> _parts = [];

    public string Metric { get; } = metric;
    public LabelSet Labels { get; } = labels;

    /// <summary>The end of the window that this group was last seen in while firing.</summary>
    public long SeenAt { get; set; } = long.MinValue;

    public bool IsEmpty => _parts.Count == 0;

    /// <summary>No live slice holds it any more: whoever remembers it must look it up again.</summary>
    public bool IsRetired { get; set; }

    public Summary? Find(long slice)
    {
        for (var i = _parts.Count - 1; i >= 0 && _parts[i].Slice >= slice; i--)
            if (_parts[i].Slice == slice) return _parts[i].Summary;
        return null;
    }

    public void Add(long slice, Summary summary)
    {
        var at = _parts.Count;
        while (at > 0 && _parts[at - 1].Slice > slice) at--;
        _parts.Insert(at, new Part(slice, summary));
    }

    public Summary Remove(long slice)
    {
        var at = _parts.FindIndex(p => p.Slice == slice);
        var summary = _parts[at].Summary;
        _parts.RemoveAt(at);
        return summary;
    }

    /// <summary>The summary of the slices [first, end), or null where there is none. Always merged in the order of the slices.</summary>
    public Summary? Merge(long first, long end)
    {
        Summary? merged = null;
        var isOwn = false;
        foreach (ref readonly var part in CollectionsMarshal.AsSpan(_parts))
        {
            if (part.Slice < first || part.Slice >= end) continue;
            if (merged is null) { merged = part.Summary; continue; }
            if (!isOwn) (merged, isOwn) = (Copy(merged), true);
            merged.Merge(part.Summary);
        }
        return merged;
    }

    private static Summary Copy(Summary summary)
    {
        var copy = new Summary(summary.Sketch.Bits);
        copy.Merge(summary);
        return copy;
    }

    private readonly record struct Part(long Slice, Summary Summary);
}
