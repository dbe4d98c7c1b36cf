using System.Reactive.Subjects;
using Pipeline.Bench.Codec;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Bench.Windows;

/// <summary>How fast records are read again after a restart, whose results are out already, beside the first time, when they are written.</summary>
public static class RewindBench
{
    private const int Runs = 5;

    public static IEnumerable<BenchRow> Measure(string[] args) =>
        WindowCase.Chosen(args, [new("A", 60, 10), new("A", 300, 10), new("B", 60, 10)]).Select(Measure);

    private static BenchRow Measure(WindowCase of)
    {
        var slices = RecordSlices.WithTicks(of, of.Rate * (of.Size + 60));
        var window = of.Options(sketch: true) with { Metric = "probe.ttfb_seconds" };
        var flow = new WindowFlows(WindowPlan.Of([window], new Dictionary<string, string>()), new Topics(), 1, new ProcessingOptions(), new Ledger()).Windows;
        var begun = new Progress(flow.Name, 0, 0, Watermark.None, -1, -1, 0, new Dictionary<string, long> { [new WindowDefinition(window).Id] = 0 });
        CpuClock.WarmUp(() => Run(begun));
        CpuClock.WarmUp(() => Run(begun with { PublishedThrough = long.MaxValue }));
        return new BenchRow("rewind", of.Density, of.Window, Math.Round(CpuClock.Median(Runs, Again)), Math.Round(CpuClock.Median(Runs, First)), "first time", "records/s");

        double First() => RecordSlices.Count(slices) / CpuClock.SecondsOf(() => Run(begun));
        double Again() => RecordSlices.Count(slices) / CpuClock.SecondsOf(() => Run(begun with { PublishedThrough = long.MaxValue }));

        void Run(Progress progress)
        {
            using var input = new Subject<LogSlice>();
            var (records, written) = (new RecordBatch(), 0L);
            using var subscription = flow.Build(input, new FlowStart(0, progress)).Subscribe(output =>
            {
                foreach (var (cause, outputs) in output.Runs)
                {
                    if (cause <= progress.PublishedThrough) continue; // as the publisher of a stage does
                    for (var i = 0; i < outputs.Count; i++, written++)
                    {
                        if (records.Bytes > 4 << 20) records.Clear();
                        outputs.Write(i, records);
                    }
                }
            });
            foreach (var slice in slices) input.OnNext(slice);
            if (written > 0 != progress.PublishedThrough < 0) throw new InvalidOperationException($"{written} results were written.");
        }
    }
}
