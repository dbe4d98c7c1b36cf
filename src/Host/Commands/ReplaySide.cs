using Pipeline.Contracts;
using Pipeline.Host.Run;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>A configuration that a recording is replayed under, with what came of it.</summary>
/// <param name="listener">Told of everything that is published.</param>
internal sealed class ReplaySide(PipelineOptions options, IReplayListener listener)
{
    public Ledger Ledger { get; } = new();

    public ReplayBranch Branch(Topics topics, int partitions) => new(WindowPlans.Flows(options, topics, partitions, Ledger), listener);
}
