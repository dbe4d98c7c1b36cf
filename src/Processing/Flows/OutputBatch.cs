using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The records that a run of inputs caused, in the order of their causes. Valid until the flow's next batch.</summary>
public sealed class OutputBatch
{
    private readonly List<long> _causes = [];

    public RecordBatch Records { get; } = new();

    /// <summary>The offset of the input that caused each record.</summary>
    public IReadOnlyList<long> Causes => _causes;

    /// <summary>The input after the last one that this batch speaks of.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Where a restart would have to begin once all of this is published.</summary>
    public RewindPoint Rewind { get; private set; } = null!;

    public void Begin(long nextOffset, RewindPoint rewind)
    {
        (NextOffset, Rewind) = (nextOffset, rewind);
        _causes.Clear();
        Records.Clear();
    }

    public void Add(long cause, TopicPartition to, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _causes.Add(cause);
        Records.Add(to, key, value);
    }
}
