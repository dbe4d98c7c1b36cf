namespace Pipeline.Processing;

/// <summary>The windows of one end.</summary>
/// <param name="first">Their first part.</param>
internal sealed class MergedEnd(long end, RewindMark first)
{
    /// <summary>Event time, Unix milliseconds.</summary>
    public long End { get; } = end;
    public RewindMark First { get; } = first;

    /// <summary>By the number of their group, in the order of their first parts.</summary>
    public OrderedDictionary<int, MergedWindow> Windows { get; } = [];
}
