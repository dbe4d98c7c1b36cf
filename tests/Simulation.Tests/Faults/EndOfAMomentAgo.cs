using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Believes the catalog where a partition ends.</summary>
internal sealed class EndOfAMomentAgo(ILog log) : AlteredLog(log)
{
    public override async ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort) => (await this.StateAsync(partition, abort)).End;
}
