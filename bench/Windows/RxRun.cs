using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace Pipeline.Bench.Windows;

/// <summary>The peer: GroupBy and Buffer on a clock that the samples move, quantiles from the sorted buffer.</summary>
public static class RxRun
{
    public static double Median(WindowCase of, int runs)
    {
        var sorted = new Workload(of, of.Samples).Sorted();
        var few = new Workload(of, Math.Min(of.Samples, 200_000)).Sorted();
        CpuClock.WarmUp(() => Measure(of, few));
        return CpuClock.Median(runs, () => Measure(of, sorted));
    }

    /// <returns>Samples per second.</returns>
    public static double Measure(WindowCase of, Workload sorted)
    {
        var scheduler = new HistoricalScheduler(Time(sorted.Times[0]));
        using var samples = new Subject<(int Series, double Value)>();
        var (results, check) = (0L, 0.0);
        using var subscription = samples
            .GroupBy(s => s.Series, s => s.Value)
            .SelectMany(g => g.Buffer(TimeSpan.FromSeconds(of.Size), TimeSpan.FromSeconds(of.Slide), scheduler))
            .Where(b => b.Count > 0)
            .Subscribe(b => { results++; check += Summarise(b); });
        var start = CpuClock.Seconds;
        var now = sorted.Times[0];
        for (var i = 0; i < sorted.Count; i++)
        {
            if (sorted.Times[i] != now) scheduler.AdvanceTo(Time(now = sorted.Times[i]));
            samples.OnNext((sorted.Series[i], sorted.Values[i]));
        }
        var seconds = CpuClock.Seconds - start;
        if (double.IsNaN(check) || results < 0) throw new InvalidOperationException("Rx gave no results.");
        return sorted.Count / seconds;
    }

    private static double Summarise(IList<double> buffer)
    {
        var values = new double[buffer.Count];
        buffer.CopyTo(values, 0);
        Array.Sort(values);
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return values.Length + sum + values[0] + values[^1] + Rank(values, 0.5) + Rank(values, 0.95) + Rank(values, 0.99);
    }

    private static double Rank(double[] sorted, double q) => sorted[(int)(q * (sorted.Length - 1))];
    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
