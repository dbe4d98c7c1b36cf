using System.Text;
using System.Text.Json;

namespace Pipeline.Contracts;

/// <summary>Progress as records of its topic: keyed by stage and partition, in the partition of its input.</summary>
public static class ProgressLog
{
    public static void AddProgress(this RecordBatch batch, string topic, Progress progress) => batch.Add(
        new TopicPartition(topic, progress.Partition), Key(progress.Stage, progress.Partition),
        JsonSerializer.SerializeToUtf8Bytes(progress, WireFormat.Records.Progress));

    /// <summary>The last progress of a stage on a partition that is in the log now, or null.</summary>
    public static async Task<Progress?> LastProgressAsync(this ILog log, string topic, string stage, int partition, CancellationToken abort)
    {
        var state = (await log.DescribeAsync(abort)).First(t => t.Name == topic).Partitions[partition];
        if (state.First == state.End) return null;
        Progress? last = null;
        var key = Key(stage, partition);
        await foreach (var slice in log.ReadAsync(new TopicPartition(topic, partition), state.First, abort))
        {
            last = LastIn(slice, key) ?? last;
            if (slice.NextOffset >= state.End) return last;
        }
        abort.ThrowIfCancellationRequested();
        return last;
    }

    private static Progress? LastIn(LogSlice slice, byte[] key)
    {
        for (var i = slice.Count - 1; i >= 0; i--)
            if (slice[i].Key.SequenceEqual(key)) return JsonSerializer.Deserialize(slice[i].Value, WireFormat.Records.Progress);
        return null;
    }

    private static byte[] Key(string stage, int partition) => Encoding.UTF8.GetBytes($"{stage}/{partition}");
}
