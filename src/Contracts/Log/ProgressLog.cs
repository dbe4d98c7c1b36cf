using System.Text;
using System.Text.Json;

namespace Pipeline.Contracts;

/// <summary>Progress as records of its topic: keyed by stage and partition, in the partition of its input.</summary>
public static class ProgressLog
{
    /// <summary>The last progress is near the end, whatever compaction has left before: it is looked for from there, in growing steps.</summary>
    private const long FirstReach = 4096;

    public static void AddProgress(this RecordBatch batch, string topic, Progress progress) => batch.Add(
        new TopicPartition(topic, progress.Partition), Key(progress.Stage, progress.Partition),
        JsonSerializer.SerializeToUtf8Bytes(progress, WireFormat.Records.Progress));

    /// <summary>The last progress of a stage on a partition that is in the log when this is asked, or null.</summary>
    public static async Task<Progress?> LastProgressAsync(this ILog log, string topic, string stage, int partition, CancellationToken abort)
    {
        var (place, key) = (new TopicPartition(topic, partition), Key(stage, partition));
        var end = await log.EndAsync(place, abort); // not what the catalog says: what was published after a moment ago would be published again
        var first = (await log.StateAsync(place, abort)).First;
        for (var reach = FirstReach; ; reach *= 8)
        {
            var from = Math.Max(first, end - reach);
            if (from >= end) return null;
            var last = await LastAsync(log, place, (from, end), key, abort);
            if (last is not null || from == first) return last;
        }
    }

    private static async Task<Progress?> LastAsync(ILog log, TopicPartition partition, (long From, long End) range, byte[] key, CancellationToken abort)
    {
        Progress? last = null;
        await foreach (var slice in log.ReadAsync(partition, range.From, abort))
        {
            last = LastIn(slice, key) ?? last;
            if (slice.NextOffset >= range.End) return last;
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
