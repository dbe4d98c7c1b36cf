using Confluent.Kafka;

namespace Pipeline.Bench.Kafka;

/// <summary>The peer: Confluent.Kafka's own <c>Consume()</c> in a loop, that looks at nothing.</summary>
internal static class PlainConsumer
{
    /// <returns>Records a second.</returns>
    public static double Measure(string servers, string topic, long records)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = servers, GroupId = "bench", EnableAutoCommit = false, IsolationLevel = IsolationLevel.ReadCommitted,
            FetchQueueBackoffMs = 2, // its default of a second would stall it
        };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var (count, start) = (0L, 0L);
        while (count < records)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(10)) is null) throw new InvalidOperationException($"Only {count} of {records} records came.");
            if (count++ == 0) start = TimeProvider.System.GetTimestamp();
        }
        return records / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
