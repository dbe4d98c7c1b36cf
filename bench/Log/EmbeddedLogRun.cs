using Pipeline.Contracts;
using Pipeline.Transport.Embedded;

namespace Pipeline.Bench.Log;

public static class EmbeddedLogRun
{
    public static async Task<LogFigures> MeasureAsync(string folder)
    {
        TopicSpec[] topics = [new("bench", 2, TimeSpan.FromDays(1), 1L << 40)];
        await using var log = EmbeddedLog.Open(folder, topics, new EmbeddedLogOptions(), TimeProvider.System);
        return await LogFigures.OfAsync(() => AppendAsync(log), async () => await ReadAsync(log, 0) + await ReadAsync(log, 1));
    }

    private static async Task AppendAsync(EmbeddedLog log)
    {
        var writer = await log.OpenAsync("bench", CancellationToken.None);
        var batch = new RecordBatch();
        for (var done = 0; done < LogBench.Records; done += LogBench.PerCommit)
        {
            batch.Clear();
            for (var i = 0; i < LogBench.PerCommit; i++) batch.Add(new TopicPartition("bench", i & 1), SampleRecord.Key, SampleRecord.Value);
            await writer.AppendAsync(batch, CancellationToken.None);
        }
    }

    private static async Task<long> ReadAsync(EmbeddedLog log, int partition)
    {
        long bytes = 0;
        await foreach (var slice in log.ReadAsync(new TopicPartition("bench", partition), 0, CancellationToken.None))
        {
            for (var i = 0; i < slice.Count; i++) bytes += slice[i].Key.Length + slice[i].Value.Length;
            if (slice.NextOffset == LogBench.Records / 2) break;
        }
        return bytes;
    }
}
