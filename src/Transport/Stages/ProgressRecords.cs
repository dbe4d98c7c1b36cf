using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>The progress of one stage on one partition, as records of the progress topic.</summary>
internal sealed class ProgressRecords(string topic, string stage, int partition)
{
    private readonly byte[] _key = Key(stage, partition);
    private readonly TopicPartition _to = new(topic, partition);

    public void Add(RecordBatch batch, RewindPoint rewind, Place through)
    {
        var progress = new Progress(stage, partition, rewind.Offset, rewind.Watermark, through.Input, through.Outputs, rewind.MaxTime, rewind.Since);
        batch.Add(_to, _key, JsonSerializer.SerializeToUtf8Bytes(progress, WireFormat.Records.Progress));
    }

    /// <summary>The last progress in the log, or null.</summary>
    public static async Task<Progress?> LastAsync(ILog log, string topic, string stage, int partition, CancellationToken abort)
    {
        var topics = await log.DescribeAsync(abort);
        var state = topics.First(t => t.Name == topic).Partitions[partition];
        Progress? last = null;
        if (state.First == state.End) return last;
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
