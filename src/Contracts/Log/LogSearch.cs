namespace Pipeline.Contracts;

/// <summary>Finds topics, and places in a partition by time.</summary>
public static class LogSearch
{
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public static async ValueTask<TopicState> TopicAsync(this ILogCatalog log, string topic, CancellationToken abort) =>
        (await log.DescribeAsync(abort)).FirstOrDefault(t => t.Name == topic) ?? throw new UnknownTopicException(new TopicPartition(topic, 0));

    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public static async ValueTask<PartitionState> StateAsync(this ILogCatalog log, TopicPartition partition, CancellationToken abort) =>
        (await log.TopicAsync(partition.Topic, abort)).Partitions[partition.Partition];

    /// <summary>
    /// The offset of the first record that the log took at <paramref name="time"/> or later, or the partition's end; by binary search,
    /// since append times never go back.
    /// </summary>
    /// <param name="state">How far the partition reached; what came since is not looked at.</param>
    /// <param name="time">Unix milliseconds.</param>
    public static async ValueTask<long> OffsetAtAsync(
        this ILogReader log, TopicPartition partition, PartitionState state, long time, CancellationToken abort)
    {
        var (low, high) = (state.First, state.End);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (await log.FirstFromAsync(partition, middle, high, abort) is not { } record) high = middle;
            else if (record.Time < time) low = record.Offset + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The first record in [from, end), or null: offsets have gaps, and retention may have moved the first one.</summary>
    public static async ValueTask<(long Offset, long Time)?> FirstFromAsync(
        this ILogReader log, TopicPartition partition, long from, long end, CancellationToken abort)
    {
        await foreach (var slice in log.ReadAsync(partition, from, abort))
        {
            if (slice.Count > 0) return slice[0].Offset < end ? (slice[0].Offset, slice[0].Time) : null;
            if (slice.NextOffset >= end) return null;
        }
        abort.ThrowIfCancellationRequested();
        return null;
    }
}
