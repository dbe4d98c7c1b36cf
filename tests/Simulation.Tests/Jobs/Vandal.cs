using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Writes what cannot be read into the observations.</summary>
internal sealed class Vandal(Scheduler scheduler, int partitions)
{
    private static readonly byte[][] Rubbish = [.. new[]
    {
        "", "not json", "{}", "null", "[1]", "\"text\"", "{\"kind\":\"load\"}",
        "{\"kind\":\"load\",\"time\":1767225600000,\"source\":\"s\",\"labels\":{\"host\":\"h1\"},\"values\":{\"value\":1}",
        "{\"kind\":\"tick\",\"source\":\"node-0\"}",
    }.Select(Encoding.UTF8.GetBytes)];

    public async Task RunAsync(ILog log, CancellationToken stop)
    {
        var writer = await log.OpenAsync("vandal", default);
        var batch = new RecordBatch();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(scheduler.UpTo(3000), scheduler.Time, CancellationToken.None);
            batch.Clear();
            batch.Add(new TopicPartition("observations", scheduler.Random.Next(partitions)), "h1"u8, Rubbish[scheduler.Random.Next(Rubbish.Length)]);
            await writer.AppendAsync(batch, default);
        }
    }

    public static bool IsRubbish(ReadOnlySpan<byte> value)
    {
        foreach (var rubbish in Rubbish)
            if (value.SequenceEqual(rubbish)) return true;
        return false;
    }
}
