using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// What a stage computes: a named graph from the records of one input partition to the records it publishes. Synchronous: all outputs of a
/// slice are emitted, as one batch, before <c>OnNext</c> returns. Pure: the outputs depend on the records, their order and the
/// configuration alone, not on how they were cut into slices. It never throws on data.
/// </summary>
/// <param name="Input">The topic it reads.</param>
/// <param name="Build">Makes the graph for one partition, in the state that a rewind to the progress's own point begins from.</param>
public sealed record Flow(string Name, string Input, Func<IObservable<LogSlice>, FlowStart, IObservable<OutputBatch>> Build)
{
    /// <summary>How it differs from the flow that wrote a progress; null where it does not.</summary>
    public Func<Progress, FlowChange?> ChangeSince { get; init; } = _ => null;
}

/// <summary>What one instance of a flow begins from.</summary>
/// <param name="Progress">The stage's own last progress on this partition, or null at the very beginning.</param>
public sealed record FlowStart(int Partition, Progress? Progress);
