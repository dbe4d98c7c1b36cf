using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Writes samples of made-up hosts with times of its own choosing straight into Kafka, and the ticks of a node that does.</summary>
internal sealed class ObservationFeed(KafkaLog log, int partitions)
{
    private const int Hosts = 100;
    private const int PerAppend = 20_000;

    private readonly Topics _topics = new();
    private readonly Random _random = new(7);

    /// <summary>One sample a host and second of event time, with a tick each second.</summary>
    /// <param name="start">Unix milliseconds.</param>
    /// <param name="late">The share of samples that come up to eight seconds late.</param>
    /// <returns>How many samples.</returns>
    public async Task<int> WriteAsync(long start, int seconds, double late = 0)
    {
        var writer = await log.OpenAsync("feed", default);
        using var json = new ObservationWriter();
        var (batch, count) = (new RecordBatch(), 0);
        for (var second = 0; second < seconds; second++)
        {
            for (var host = 0; host < Hosts; host++, count++) json.Append(batch, _topics.Observations, partitions, Sample(host, start + second * 1000 + host * 10 - Delay(late)));
            batch.AddTick(_topics.Observations, partitions, new Tick("feed", start + second * 1000));
            if (batch.Count >= PerAppend) await AppendAsync();
        }
        batch.AddTick(_topics.Observations, partitions, new Tick("feed", start + seconds * 1000 + 120_000));
        await AppendAsync();
        return count;

        async Task AppendAsync()
        {
            await writer.AppendAsync(batch, default);
            batch.Clear();
        }
    }

    private long Delay(double late) => _random.NextDouble() < late ? _random.Next(8000) : 0;

    private Observation Sample(int host, long time) => new()
    {
        Kind = "load", Time = time, Source = "feed", Key = $"h{host}",
        Labels = LabelSet.Of(("host", $"h{host}"), ("region", host % 3 == 0 ? "us" : "eu")),
        Values = [new Measurement("value", Math.Round(20 * Math.Exp(_random.NextDouble()), 6))],
    };
}
