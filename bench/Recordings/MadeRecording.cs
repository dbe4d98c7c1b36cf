using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Bench.Recordings;

/// <summary>A recording of 1,000 series at one sample a second, in two partitions, with the ticks of one node.</summary>
public static class MadeRecording
{
    public const int Partitions = 2;
    public const int Series = 1_000;

    public static string Topic { get; } = new Topics().Observations;

    /// <returns>How many records it holds, ticks included.</returns>
    public static long Make(string path, int samples)
    {
        var header = new RecordingHeader("bench", "2026-11-21T00:00:00.000Z", "bench", "", [new RecordedTopic(Topic, [0, 0])], null);
        using var writer = RecordingWriter.Create(path, header);
        using var json = new ObservationWriter();
        var (batch, offsets, random) = (new RecordBatch(), new long[Partitions], new Random(20261121));
        for (var second = 0; second < samples / Series; second++)
        {
            var time = Workload.Start + second * 1000L;
            batch.Clear();
            for (var series = 0; series < Series; series++) json.Append(batch, Topic, Partitions, Observation(series, time + series, random));
            batch.AddTick(Topic, Partitions, new Tick("node-1", time + 1000));
            for (var i = 0; i < batch.Count; i++)
                writer.Add(batch[i].To, new LogRecord(offsets[batch[i].To.Partition]++, time + 1000, batch[i].Key, batch[i].Value));
        }
        writer.Complete();
        return writer.Records;
    }

    private static Observation Observation(int series, long time, Random random) => new()
    {
        Kind = "probe", Time = time, Source = "node-1", Key = EngineRun.NameOf(series),
        Labels = LabelSet.Of(("target", EngineRun.NameOf(series)), ("vantage", "fra-1")),
        Values = [new Measurement("ttfb_seconds", Math.Round(20 * Math.Exp(random.NextDouble()), 6))],
    };
}
