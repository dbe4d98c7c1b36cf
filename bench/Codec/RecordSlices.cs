using Pipeline.Bench.Windows;
using Pipeline.Contracts;

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

    public static int Count(IReadOnlyList<LogSlice> slices) => slices.Sum(s => s.Count);

    private static Observation Observation(Workload work, int i) => new()
    {
        Kind = "probe", Time = work.Times[i], Source = "node-1", Key = "k",
        Labels = LabelSet.Of(("target", EngineRun.NameOf(work.Series[i])), ("vantage", "fra-1")),
        Values = [new Measurement("ttfb_seconds", work.Values[i])],
    };
}
