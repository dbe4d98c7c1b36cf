namespace Pipeline.Bench.Windows;

/// <summary>How much faster two engines are on two threads, each with half of the series, than one with all; by the time on the wall.</summary>
public static class TwoThreads
{
    public static double Measure(WindowCase of, Workload work)
    {
        var halves = new[] { work.Of(series => series % 2 == 0), work.Of(series => series % 2 == 1) };
        return CpuClock.Median(9, () => Seconds(of, work) / Seconds(of, halves));
    }

    private static double Seconds(WindowCase of, params Workload[] works)
    {
        var engines = works.Select(_ => new EngineRun(of, false, _ => { })).ToArray();
        var start = TimeProvider.System.GetTimestamp();
        var threads = works.Select((work, i) => new Thread(() => engines[i].Push(work))).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        foreach (var engine in engines) engine.Dispose();
        return seconds;
    }
}
