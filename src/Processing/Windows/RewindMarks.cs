namespace Pipeline.Processing;

/// <summary>Where a merge would have to begin to have again all that it still needs.</summary>
internal sealed class RewindMarks
{
    /// <summary>In the order of the log, since each is set by the input in hand.</summary>
    private readonly Queue<RewindMark> _marks = [];

    public RewindMark? Earliest
    {
        get
        {
            while (_marks.TryPeek(out var first))
            {
                if (!first.IsOver) return first;
                _marks.Dequeue();
            }
            return null;
        }
    }

    public RewindMark Set(long offset, MergePoint at)
    {
        var mark = new RewindMark(offset, at);
        _marks.Enqueue(mark);
        return mark;
    }
}

/// <summary>The first of some inputs that belong together.</summary>
/// <param name="at">What was known before it.</param>
internal sealed class RewindMark(long offset, MergePoint at)
{
    public long Offset { get; } = offset;
    public MergePoint At { get; } = at;

    /// <summary>Nothing that is still to be published needs them.</summary>
    public bool IsOver { get; set; }
}
