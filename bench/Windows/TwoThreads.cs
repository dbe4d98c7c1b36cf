namespace Pipeline.Bench.Windows;

/// <summary>How many times as much two threads do as one; by the time on the wall.</summary>
public static class TwoThreads
{
    private const int Runs = 9;
    private const int Numbers = 8 << 20; // 64 MB, more than the caches hold

    /// <summary>Two engines, each with half of the series, beside one with all.</summary>
    public static double Measure(WindowCase of, Workload work)
    {
        var halves = new[] { work.Of(series => series % 2 == 0), work.Of(series => series % 2 == 1) };
        return CpuClock.Median(Runs, () => Seconds(of, work) / Seconds(of, halves));
    }

    /// <summary>The bound: two threads that do nothing but go over memory and change it. With many series, so do the windows.</summary>
    public static double MeasureMemory()
    {
        var arrays = new[] { new double[Numbers], new double[Numbers] };
        return CpuClock.Median(Runs, () => 2 * Seconds(() => Change(arrays[0])) / Seconds(() => Change(arrays[0]), () => Change(arrays[1])));
    }

    private static double Seconds(WindowCase of, params Workload[] works)
    {
        var engines = works.Select(_ => new EngineRun(of, false, _ => { })).ToArray();
        var seconds = Seconds([.. works.Zip(engines, (work, engine) => (Action)(() => engine.Push(work)))]);
        foreach (var engine in engines) engine.Dispose();
        return seconds;
    }

    /// <summary>Each on a thread of its own.</summary>
    private static double Seconds(params Action[] actions)
    {
        var threads = actions.Select(action => new Thread(() => action())).ToArray();
        var start = TimeProvider.System.GetTimestamp();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static void Change(double[] numbers)
    {
        for (var round = 0; round < 10; round++)
            foreach (ref var number in numbers.AsSpan()) number = number * 0.5 + 1;
    }
}
