using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The records that a run of inputs caused, in the order of their causes. They are written when they are asked for: a hundred thousand
/// results are nowhere kept as bytes, and what an earlier run has published is not written at all. Valid until the flow's next batch.
/// </summary>
public sealed class OutputBatch
{
    private readonly List<OutputRun> _runs = [];

    public IReadOnlyList<OutputRun> Runs => _runs;

    /// <summary>The input after the last one that this batch speaks of.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Where a restart would have to begin once all of this is published.</summary>
    public RewindPoint Rewind { get; private set; } = null!;

    public void Begin(long nextOffset, RewindPoint rewind)
    {
        (NextOffset, Rewind) = (nextOffset, rewind);
        _runs.Clear();
    }

    /// <param name="cause">The offset of the input that caused them.</param>
    public void Add(long cause, IOutputs outputs) => _runs.Add(new OutputRun(cause, outputs));

    public void Add(long cause, TopicPartition to, byte[] key, byte[] value) => Add(cause, new OneOutput(to, key, value));

    private sealed class OneOutput(TopicPartition to, byte[] key, byte[] value) : IOutputs
    {
        public int Count => 1;
        public void Write(int index, RecordBatch batch) => batch.Add(to, key, value);
    }
}

/// <summary>Outputs of one input.</summary>
public readonly record struct OutputRun(long Cause, IOutputs Outputs);

/// <summary>Outputs that are to become records.</summary>
public interface IOutputs
{
    int Count { get; }

    /// <summary>Adds one of them to a batch.</summary>
    void Write(int index, RecordBatch batch);
}
