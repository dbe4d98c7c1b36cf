using Confluent.Kafka;
using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Bench.Kafka;

/// <summary>Writes a workload as observations, with a tick for each second of event time.</summary>
internal static class KafkaFill
{
    private const int PerBatch = 20_000;

    /// <summary>As the product writes: in large compressed batches, every record with headers.</summary>
    /// <returns>How many records.</returns>
    public static async Task<long> RunAsync(KafkaLog log, WindowCase of, int samples)
    {
        var (writer, count) = (await log.OpenAsync("fill", default), 0L);
        foreach (var batch in Batches(of, samples))
        {
            await writer.AppendAsync(batch, default);
            count += batch.Count;
        }
        return count;
    }

    /// <summary>As the input of the peers was written: by an ordinary producer, without headers.</summary>
    /// <returns>How many records.</returns>
    public static long RunPlain(string servers, WindowCase of, int samples)
    {
        var config = new ProducerConfig { BootstrapServers = servers, EnableIdempotence = true, LingerMs = 20 };
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        var (to, count) = (new Confluent.Kafka.TopicPartition(KafkaJob.Topics.Observations, 0), 0L);
        foreach (var batch in Batches(of, samples))
        {
            for (var i = 0; i < batch.Count; i++) producer.Produce(to, new Message<byte[], byte[]> { Key = batch[i].Key.ToArray(), Value = batch[i].Value.ToArray() });
            producer.Flush();
            count += batch.Count;
        }
        return count;
    }

    /// <summary>The same batch each time, filled anew.</summary>
    private static IEnumerable<RecordBatch> Batches(WindowCase of, int samples)
    {
        var work = new Workload(of, samples);
        using var json = new ObservationWriter();
        var (batch, topic, nextTick) = (new RecordBatch(), KafkaJob.Topics.Observations, Workload.Start + 1000);
        for (var i = 0; i < work.Count; i++)
        {
            for (; work.Times[i] >= nextTick; nextTick += 1000) batch.AddTick(topic, 1, new Tick("node", nextTick - Workload.MaxDelay));
            json.Append(batch, topic, 1, Observation(work, i, shift: 0));
            if (batch.Count < PerBatch) continue;
            yield return batch;
            batch.Clear();
        }
        batch.AddTick(topic, 1, new Tick("node", nextTick + of.Size * 1000));
        yield return batch;
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
