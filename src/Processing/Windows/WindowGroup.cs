using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One group of one window definition.</summary>
/// <param name="id">Its number, see <see cref="Id"/>.</param>
internal sealed class WindowGroup(int id, string metric, LabelSet labels) : IComparable<WindowGroup>
{
    /// <summary>Its number: another one may be found for it until a slice is sorted, and it is used again when no live slice holds the group any more.</summary>
    public int Id { get; set; } = id;
    public string Metric { get; } = metric;
    public LabelSet Labels { get; } = labels;

    /// <summary>The key of its records: the labels as text.</summary>
    public byte[] Key { get; } = labels.ToUtf8();

    /// <summary>Set by the first who writes a result of it.</summary>
    public GroupText? Encoded { get; set; }

    public int CompareTo(WindowGroup? other)
    {
        if (other is null) return 1;
        var metrics = string.CompareOrdinal(Metric, other.Metric);
        return metrics != 0 ? metrics : Key.AsSpan().SequenceCompareTo(other.Key);
    }
}
