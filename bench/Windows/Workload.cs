namespace Pipeline.Bench.Windows;

/// <summary>
/// Samples whose time rises evenly, 1 % of them moved back by up to two seconds; the series drawn uniformly; the values 20 ms times a
/// lognormal factor, between 0.07 ms and two minutes.
/// </summary>
public sealed class Workload
{
    public const long Start = 1_700_000_000_000;
    public const long MaxDelay = 2_000;

    public Workload(WindowCase of, int samples)
    {
        var random = new Random(20261121);
        (Times, Series, Values) = (new long[samples], new int[samples], new double[samples]);
        for (var i = 0; i < samples; i++)
        {
            var late = random.Next(100) == 0 ? random.NextInt64(MaxDelay + 1) : 0;
            Times[i] = Math.Max(Start, Start + i * 1000L / of.Rate - late);
            Series[i] = random.Next(of.Series);
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            Values[i] = Math.Clamp(20 * Math.Exp(normal), 0.07, 120_000);
        }
    }

    public long[] Times { get; }
    public int[] Series { get; }
    public double[] Values { get; }
    public int Count => Times.Length;

    /// <summary>Those of some series.</summary>
    public Workload Of(Func<int, bool> series) => Pick(Enumerable.Range(0, Count).Where(i => series(Series[i])));

    /// <summary>The same in the order of time: Rx has none of its own.</summary>
    public Workload Sorted() => Pick(Enumerable.Range(0, Count).OrderBy(i => Times[i]));

    private Workload Pick(IEnumerable<int> which)
    {
        var order = which.ToArray();
        return new Workload([.. order.Select(i => Times[i])], [.. order.Select(i => Series[i])], [.. order.Select(i => Values[i])]);
    }

    private Workload(long[] times, int[] series, double[] values) => (Times, Series, Values) = (times, series, values);
}
