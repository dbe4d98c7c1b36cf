using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Bench.Kafka;

/// <summary>Writes a workload as it would come in: what is past at once, then at the pace of the clock, with a tick each second.</summary>
internal sealed class LiveFeed(KafkaLog log, Workload work)
{
    private const int PerAppend = 20_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="past">How much of it is past at the beginning.</param>
    public async Task RunAsync(TimeSpan past, CancellationToken stop)
    {
        var shift = Now() - Workload.Start - (long)past.TotalMilliseconds;
        var writer = await log.OpenAsync("feed", CancellationToken.None);
        using var json = new ObservationWriter();
        var (batch, topic, ticked) = (new RecordBatch(), KafkaJob.Topics.Observations, 0L);
        for (var i = 0; i < work.Count && !stop.IsCancellationRequested;)
        {
            var now = Now() - shift;
            for (; i < work.Count && work.Times[i] <= now && batch.Count < PerAppend; i++) json.Append(batch, topic, 1, KafkaFill.Observation(work, i, shift));
            var reached = Math.Min(now, i < work.Count ? work.Times[i] : now) / 1000;
            if (reached > ticked) batch.AddTick(topic, 1, new Tick("node", (ticked = reached) * 1000 + shift - Workload.MaxDelay));
            if (batch.Count > 0) await writer.AppendAsync(batch, CancellationToken.None);
            if (batch.Count < PerAppend) await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            batch.Clear();
        }
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
