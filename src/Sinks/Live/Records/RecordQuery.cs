using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>Which records of a topic are asked for.</summary>
/// <param name="Topic">As it was when asked.</param>
public sealed record RecordQuery(TopicState Topic, RecordStart From)
{
    /// <summary>All partitions unless given.</summary>
    public int? Partition { get; init; }
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Goes on with what comes.</summary>
    public bool Follow { get; init; }
}
