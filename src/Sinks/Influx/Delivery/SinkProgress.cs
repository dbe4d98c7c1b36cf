using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>How far a sink is on one partition: written by a writer of its own, and at most once in <see cref="Every"/>.</summary>
internal sealed class SinkProgress(ILogWriter writer, TopicPartition to, string stage, long next, TimeProvider time)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly RecordBatch _batch = new();
    private long _saved = next;
    private long _savedAt = time.GetTimestamp();

    /// <summary>The first record that is not yet done with.</summary>
    public long Next { get; private set; } = next;

    public bool IsBehind => Next != _saved;

    /// <summary>When it may be written next.</summary>
    public TimeSpan Due => Every - time.GetElapsedTime(_savedAt);

    /// <summary>Takes over the partition, where the last one left off.</summary>
    public static async Task<SinkProgress> OpenAsync(ILog log, TopicPartition to, string stage, TimeProvider time, CancellationToken abort)
    {
        var writer = await log.OpenAsync($"{stage}-{to.Partition}", abort);
        var next = (await log.LastProgressAsync(to.Topic, stage, to.Partition, abort))?.RewindTo ?? 0;
        return new SinkProgress(writer, to, stage, next, time);
    }

    /// <summary>Everything before <paramref name="next"/> is done with.</summary>
    public void Advance(long next) => Next = next;

    public async ValueTask SaveAsync(CancellationToken abort)
    {
        var progress = new Progress(stage, to.Partition, Next, new WatermarkRecord(0, []), Next - 1, -1, -1, new Dictionary<string, long>());
        _batch.AddProgress(to.Topic, progress);
        await AppendAsync(_batch, abort);
        (_saved, _savedAt) = (Next, time.GetTimestamp());
    }

    /// <summary>Writes records by the same writer, in one append, and clears the batch.</summary>
    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        if (batch.Count > 0) await writer.AppendAsync(batch, abort);
        batch.Clear();
    }
}
