using System.Text.Json;
using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Bench.Codec;

/// <summary>Observations of about 148 bytes, as a log hands them out.</summary>
public static class RecordSlices
{
    private const int PerSlice = 1_000;

    public static IReadOnlyList<LogSlice> Of(int series, int records)
    {
        var work = new Workload(new WindowCase(series == 1_000 ? "A" : "B", 10, 10), records);
        using var writer = new ObservationWriter();
        var slices = new List<LogSlice>();
        for (var from = 0; from < records; from += PerSlice)
        {
            var values = Enumerable.Range(from, PerSlice).Select(i => writer.Write(Observation(work, i)).ToArray()).ToList();
            var slice = new LogSlice();
            slice.Begin(new TopicPartition("observations", 0), values.SelectMany(v => v).ToArray(), from);
            var at = 0;
            for (var i = 0; i < values.Count; i++) slice.Add(from + i, work.Times[from + i], at..at, at..(at += values[i].Length));
            slices.Add(slice);
        }
        return slices;
    }

    /// <summary>The same, with a tick for every second of event time.</summary>
    public static IReadOnlyList<LogSlice> WithTicks(WindowCase of, int records)
    {
        var (work, slices, next) = (new Workload(of, records), new List<LogSlice>(), Workload.Start + 1000);
        var builder = new SliceBuilder("observations");
        using var writer = new ObservationWriter();
        for (var i = 0; i < records; i++)
        {
            if (work.Times[i] >= next)
            {
                builder.Add("tick", JsonSerializer.SerializeToUtf8Bytes(new Tick("node-1", next - Workload.MaxDelay), WireFormat.Records.Tick), next);
                slices.Add(builder.Build());
                next += 1000;
            }
            builder.Add("k", writer.Write(Observation(work, i)).ToArray(), work.Times[i]);
        }
        return slices;
    }

    public static int Count(IReadOnlyList<LogSlice> slices) => slices.Sum(s => s.Count);

    private static Observation Observation(Workload work, int i) => new()
    {
        Kind = "probe", Time = work.Times[i], Source = "node-1", Key = "k",
        Labels = LabelSet.Of(("target", EngineRun.NameOf(work.Series[i])), ("vantage", "fra-1")),
        Values = [new Measurement("ttfb_seconds", work.Values[i])],
    };
}
