using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Pipeline.Contracts;
using TopicPartition = Pipeline.Contracts.TopicPartition;

namespace Pipeline.Transport.Kafka;

/// <summary>What the cluster says of our topics.</summary>
/// <param name="names">The topics that are ours.</param>
internal sealed class KafkaCatalog(IAdminClient admin, IReadOnlyList<string> names) : ILogCatalog
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> _partitions = new();

    /// <exception cref="LogUnavailableException">The cluster does not answer.</exception>
    public async ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort)
    {
        await RefreshAsync(abort);
        return await StatesAsync([.. names.Where(_partitions.ContainsKey)], abort);
    }

    public async Task<PartitionState> StateAsync(TopicPartition partition, CancellationToken abort) =>
        (await StatesAsync([partition.Topic], abort))[0].Partitions[partition.Partition];

    /// <summary>How many partitions a topic has, as far as that is known by now; 0 where it is not.</summary>
    public int PartitionsOf(string topic) => _partitions.GetValueOrDefault(topic);

    public async Task<bool> HasAsync(TopicPartition partition, CancellationToken abort)
    {
        if (!_partitions.ContainsKey(partition.Topic)) await RefreshAsync(abort);
        return partition.Partition >= 0 && partition.Partition < PartitionsOf(partition.Topic);
    }

    /// <summary>Asks for the partitions of all our topics again.</summary>
    public Task RefreshAsync(CancellationToken abort) => AskAsync(() => Task.Run(() =>
    {
        var known = names.ToHashSet();
        foreach (var topic in admin.GetMetadata(Timeout).Topics)
            if (topic.Error.Code == ErrorCode.NoError && known.Contains(topic.Topic)) _partitions[topic.Topic] = topic.Partitions.Count;
        return true;
    }, CancellationToken.None), abort);

    private async Task<IReadOnlyList<TopicState>> StatesAsync(IReadOnlyList<string> topics, CancellationToken abort)
    {
        var all = topics.SelectMany(t => Enumerable.Range(0, PartitionsOf(t)).Select(p => new Confluent.Kafka.TopicPartition(t, p))).ToList();
        if (all.Count == 0) return [];
        var (first, end) = (OffsetsAsync(all, OffsetSpec.Earliest(), abort), OffsetsAsync(all, OffsetSpec.Latest(), abort));
        var (firsts, ends) = (await first, await end);
        PartitionState State(string topic, int p) => new(firsts[new TopicPartition(topic, p)], ends[new TopicPartition(topic, p)], Bytes: null);
        return [.. topics.Select(t => new TopicState(t, [.. Enumerable.Range(0, PartitionsOf(t)).Select(p => State(t, p))]))];
    }

    private Task<Dictionary<TopicPartition, long>> OffsetsAsync(List<Confluent.Kafka.TopicPartition> of, OffsetSpec which, CancellationToken abort) => AskAsync(async () =>
    {
        // Where the log itself ends, open transactions and all: a writer's last progress may lie behind the open transaction of another, and
        // who reads up to this end has waited until that is over.
        var options = new ListOffsetsOptions { RequestTimeout = Timeout, IsolationLevel = IsolationLevel.ReadUncommitted };
        var result = await admin.ListOffsetsAsync(of.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = which }), options);
        return result.ResultInfos.ToDictionary(
            i => new TopicPartition(i.TopicPartitionOffsetError.Topic, i.TopicPartitionOffsetError.Partition), i => i.TopicPartitionOffsetError.Offset.Value);
    }, abort);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken abort)
    {
        abort.ThrowIfCancellationRequested();
        try
        {
            return await ask().WaitAsync(abort);
        }
        catch (ListOffsetsException e)
        {
            var failed = e.Result.ResultInfos.Select(i => i.TopicPartitionOffsetError).First(r => r.Error.IsError);
            throw new LogUnavailableException($"Kafka does not say where {failed.Topic}/{failed.Partition.Value} ends: {failed.Error.Reason}.", e);
        }
        catch (KafkaException e)
        {
            throw new LogUnavailableException($"Kafka does not answer: {e.Error.Reason}.", e);
        }
    }
}
