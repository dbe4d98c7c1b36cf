namespace Pipeline.Bench.Windows;

/// <summary>
/// Processor time of this process, the collector's and the compiler's included: what others do on the machine meanwhile shows less than in
/// the time on the wall.
/// </summary>
public static class CpuClock
{
    public static double Seconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    public static double SecondsOf(Action action)
    {
        var start = Seconds;
        action();
        return Seconds - start;
    }

    /// <summary>Runs something again and again for two seconds, until what it runs is compiled for good.</summary>
    public static void WarmUp(Action action)
    {
        for (var seconds = 0.0; seconds < 2;) seconds += SecondsOf(action);
    }

    public static double Median(int runs, Func<double> measure) => Enumerable.Range(0, runs).Select(_ => measure()).Order().ElementAt(runs / 2);
}
