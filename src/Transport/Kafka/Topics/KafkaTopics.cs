using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>Makes the topics that are missing, and says where those that exist are not as they should be.</summary>
internal sealed class KafkaTopics(IAdminClient admin, KafkaOptions options, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="LogUnavailableException">The cluster does not answer, or does not let us.</exception>
    public async Task CreateMissingAsync(IReadOnlyList<TopicSpec> wanted)
    {
        var there = await Task.Run(() => Existing().Keys.ToHashSet());
        var missing = wanted.Where(w => !there.Contains(w.Name)).Select(Specification).ToList();
        if (missing.Count == 0) return;
        try
        {
            await admin.CreateTopicsAsync(missing, new CreateTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout });
        }
        catch (CreateTopicsException e)
        {
            // Several processes start at once, and one of them is first.
            if (e.Results.FirstOrDefault(r => r.Error.Code is not (ErrorCode.NoError or ErrorCode.TopicAlreadyExists)) is { } refused)
                throw new LogUnavailableException($"Kafka does not create the topic {refused.Topic}: {refused.Error.Reason}. Create it by hand, or allow it.", e);
        }
        catch (KafkaException e)
        {
            throw new LogUnavailableException($"Kafka does not create topics: {e.Error.Reason}.", e);
        }
        await SeeAsync(wanted);
    }

    /// <summary>A topic that was just made is not known to every broker at once.</summary>
    private async Task SeeAsync(IReadOnlyList<TopicSpec> wanted)
    {
        var began = time.GetTimestamp();
        while (await Task.Run(Existing) is var there && !wanted.All(w => there.ContainsKey(w.Name)))
        {
            if (time.GetElapsedTime(began) > Timeout) throw new LogUnavailableException($"Kafka made the topics, and does not show them after {Timeout.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
        }
    }

    /// <summary>One sentence for each setting of an existing topic that is not as wanted.</summary>
    /// <exception cref="LogUnavailableException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<string>> DifferencesAsync(IReadOnlyList<TopicSpec> wanted)
    {
        try
        {
            var there = await Task.Run(Existing);
            var known = wanted.Where(w => there.ContainsKey(w.Name)).ToList();
            if (known.Count == 0) return [];
            var described = await admin.DescribeConfigsAsync(
                known.Select(w => new ConfigResource { Type = ResourceType.Topic, Name = w.Name }), new DescribeConfigsOptions { RequestTimeout = Timeout });
            var configs = described.ToDictionary(d => d.ConfigResource.Name, d => d.Entries);
            return [.. known.SelectMany(w => Differences(w, there[w.Name], configs[w.Name]))];
        }
        catch (KafkaException e)
        {
            throw new LogUnavailableException($"Kafka does not describe the topics: {e.Error.Reason}.", e);
        }
    }

    private static IEnumerable<string> Differences(TopicSpec wanted, int partitions, Dictionary<string, ConfigEntryResult> config)
    {
        if (partitions != wanted.Partitions)
            yield return $"{wanted.Name} has {partitions} partitions, and log.partitions is {wanted.Partitions}. Set that so, or add partitions while nothing runs.";
        foreach (var (name, value) in TopicSettings.Of(wanted))
            if (config.TryGetValue(name, out var entry) && entry.Value != value)
                yield return $"{wanted.Name} has {name}={entry.Value}, wanted is {value}. To set it: kafka-configs.sh --alter --topic {wanted.Name} --add-config {name}={value}";
    }

    private TopicSpecification Specification(TopicSpec spec) => new()
    {
        Name = spec.Name,
        NumPartitions = spec.Partitions,
        ReplicationFactor = (short)(options.Replication ?? -1),
        Configs = TopicSettings.Of(spec).ToDictionary(c => c.Name, c => c.Value),
    };

    private Dictionary<string, int> Existing()
    {
        try
        {
            return admin.GetMetadata(Timeout).Topics.Where(t => t.Error.Code == ErrorCode.NoError && t.Partitions.Count > 0).ToDictionary(t => t.Topic, t => t.Partitions.Count);
        }
        catch (KafkaException e)
        {
            throw new LogUnavailableException($"Kafka does not answer at {options.Servers}: {e.Error.Reason}.", e);
        }
    }
}
