namespace Pipeline.Ingest.Push;

/// <summary>What became of the lines of one request. Blank lines and comments are no lines.</summary>
public sealed class PushReport
{
    /// <summary>How many bad lines are described; the rest is only counted.</summary>
    public const int MaxDescribed = 20;

    private readonly List<BadLine> _described = [];

    public int Good { get; private set; }
    public int Bad { get; private set; }
    public IReadOnlyList<BadLine> Described => _described;

    public void AddGood() => Good++;

    public void AddBad(int number, ReadOnlySpan<byte> line, string reason)
    {
        Bad++;
        if (_described.Count < MaxDescribed) _described.Add(new BadLine(number, Excerpt.Of(line), reason));
    }
}

/// <param name="Number">Where it begins in the body, from 1.</param>
/// <param name="Text">Its beginning.</param>
public sealed record BadLine(int Number, string Text, string Reason);
