using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Bench.Kafka;

/// <summary>Writes a workload as observations, with a tick for each second of event time.</summary>
internal static class KafkaFill
{
    private const int PerAppend = 20_000;

    /// <returns>How many records.</returns>
    public static async Task<long> RunAsync(KafkaLog log, WindowCase of, int samples)
    {
        var work = new Workload(of, samples);
        var writer = await log.OpenAsync("fill", default);
        using var json = new ObservationWriter();
        var (batch, topic, count) = (new RecordBatch(), KafkaJob.Topics.Observations, 0L);
        var nextTick = Workload.Start + 1000;
        for (var i = 0; i < work.Count; i++)
        {
            while (work.Times[i] >= nextTick)
            {
                batch.AddTick(topic, 1, new Tick("node", nextTick - Workload.MaxDelay));
                (nextTick, count) = (nextTick + 1000, count + 1);
            }
            json.Append(batch, topic, 1, Observation(work, i, shift: 0));
            count++;
            if (batch.Count < PerAppend) continue;
            await writer.AppendAsync(batch, default);
            batch.Clear();
        }
        batch.AddTick(topic, 1, new Tick("node", nextTick + of.Size * 1000));
        await writer.AppendAsync(batch, default);
        return count + 1;
    }

    /// <param name="shift">Milliseconds that are added to its time.</param>
    public static Observation Observation(Workload work, int i, long shift)
    {
        var series = $"s{work.Series[i]:d6}";
        return new Observation
        {
            Kind = "bench", Time = work.Times[i] + shift, Source = "node", Key = series,
            Labels = LabelSet.Of(("series", series)), Values = [new Measurement("value", Math.Round(work.Values[i], 6))],
        };
    }
}
