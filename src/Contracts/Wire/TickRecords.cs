using System.Text.Json;

namespace Pipeline.Contracts;

/// <summary>Puts ticks into a batch.</summary>
public static class TickRecords
{
    /// <summary>Adds the tick to every partition of the topic.</summary>
    public static void AddTick(this RecordBatch batch, string topic, int partitions, Tick tick)
    {
        var value = JsonSerializer.SerializeToUtf8Bytes(tick, WireFormat.Records.Tick);
        for (var partition = 0; partition < partitions; partition++)
            batch.Add(new TopicPartition(topic, partition), "tick"u8, value);
    }
}
