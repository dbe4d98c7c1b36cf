using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Sinks;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>How the program itself is, for the page, the verdict and the scrapes.</summary>
internal sealed class StatusReader(OpenLog log, StagePositions positions, IReadOnlyList<Flow> flows, Ledger ledger, NodeInfo node)
    : IPipelineStatus
{
    public Func<ConfigurationStatus?> Configuration { get; init; } = () => null;

    public PipelineSnapshot Read()
    {
        var topics = log.Topics;
        var lag = positions.All.Select(p => LagOf(p, topics)).ToList();
        return new PipelineSnapshot(lag, ledger.Read(), topics, node.Name, Product.Version, node.Started) { Configuration = Configuration() };
    }

    private StageLag LagOf(StagePosition position, IReadOnlyList<TopicState> topics)
    {
        var input = flows.First(f => f.Name == position.Stage).Input;
        var records = Math.Max(0, topics.First(t => t.Name == input).Partitions[position.Partition].End - position.Next);
        var seconds = records == 0 || position.LogTime == 0 ? 0 : (node.Time.UnixMilliseconds() - position.LogTime) / 1000.0;
        return new StageLag(position.Stage, position.Partition, records, Math.Max(0, seconds));
    }
}

/// <param name="Started">When the program began, Unix milliseconds.</param>
internal sealed record NodeInfo(string Name, long Started, TimeProvider Time);
