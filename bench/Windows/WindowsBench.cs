namespace Pipeline.Bench.Windows;

/// <summary>The windows of one partition on one thread, against Rx; processor time, medians. Words behind choose cases, as <c>A/60s/10s</c>.</summary>
public static class WindowsBench
{
    private const int Runs = 5;

    public static async IAsyncEnumerable<BenchRow> MeasureAsync(string[] args)
    {
        var runs = BenchArguments.Number(args, "--runs", Runs);
        foreach (var of in WindowCase.Chosen(args, WindowCase.All))
        {
            Accuracy.Check(of);
            await foreach (var row in MeasureAsync(of, runs, withPeer: !args.Contains("--alone"))) yield return row;
        }
    }

    private static async IAsyncEnumerable<BenchRow> MeasureAsync(WindowCase of, int runs, bool withPeer)
    {
        var work = new Workload(of, of.Samples);
        foreach (var sketch in new[] { true, false }) CpuClock.WarmUp(() => EngineFigures.Of(of, work, sketch));
        var all = Enumerable.Range(0, runs).Select(_ => EngineFigures.Of(of, work, sketch: false)).ToList();
        var ours = Median(all, f => f.Rate);
        double? peer = withPeer ? Math.Round(Math.Max(RxRun.Median(of, runs), await PeerProcess.MeasureAsync(of, runs))) : null;
        yield return Row("windows", ours, "samples/s") with { Peer = peer, PeerName = withPeer ? "Rx" : null };
        yield return Row("windows with sketch", CpuClock.Median(runs, () => EngineFigures.Of(of, work, sketch: true).Rate), "samples/s") with { Peer = peer, PeerName = withPeer ? "Rx" : null };
        yield return Row("windows allocated", Median(all, f => f.Allocated), "bytes/sample");
        yield return Row("windows result", Median(all, f => f.PerResult), "ns/result");
        yield return Row("windows hop", Median(all, f => f.Hop), "ms");
        yield return Row("windows state", Median(all, f => f.State), "bytes/series");
        yield return Row("windows threads", TwoThreads.Measure(of, work), "times one") with { Peer = Math.Round(TwoThreads.MeasureMemory(), 1), PeerName = "memory alone" };

        BenchRow Row(string name, double value, string unit) => new(name, of.Density, of.Window, Math.Round(value, 1), null, null, unit);
    }

    private static double Median(List<EngineFigures> all, Func<EngineFigures, double> figure) => all.Select(figure).Order().ElementAt(all.Count / 2);
}
