using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Tells observations that were seen before, by the sequence that their source gave them. Keeps the state at the rewind point too, by what was
/// seen since: a rewind must decide alike. What lies before the rewind point is only read for windows that are rebuilt, and is in the recorded
/// state already: it is told by what was read of it.
/// </summary>
public sealed class Duplicates(RulesByInput rules, Progress? progress)
{
    private readonly SequenceTable _now = new(progress?.Sequences), _atRewind = new(progress?.Sequences);
    private readonly SequenceTable _rebuilt = new(null);
    private readonly long _from = progress?.RewindTo ?? 0;
    private readonly Queue<(long Offset, byte[] Source, long Sequence)> _since = new();

    /// <param name="offset">Of the record; they rise.</param>
    /// <param name="source">The name as UTF-8.</param>
    public bool IsNew(long offset, ReadOnlySpan<byte> source, long sequence)
    {
        var maxSources = rules.At(offset).MaxSources;
        if (offset < _from) return _rebuilt.Add(source, sequence, maxSources, out _);
        if (!_now.Add(source, sequence, maxSources, out var known)) return false;
        _since.Enqueue((offset, known!, sequence));
        return true;
    }

    /// <summary>What had been seen before an input; null where that was nothing.</summary>
    /// <param name="rewind">The rewind point, which never goes back.</param>
    public IReadOnlyList<SeenSequences>? Before(long rewind)
    {
        while (_since.TryPeek(out var next) && next.Offset < rewind)
        {
            _atRewind.Add(next.Source, next.Sequence, rules.At(next.Offset).MaxSources, out _);
            _since.Dequeue();
        }
        return _atRewind.Records() is { Count: > 0 } seen ? seen : null;
    }
}
