using System.Globalization;
using Pipeline.Processing;

namespace Pipeline.Bench.Windows;

public static class WindowsBench
{
    public static Task<int> RunAsync(string? json, string[] args)
    {
        foreach (WindowCase of in WindowCase.All.Where(c => args.Length < 2 || c.ToString() == args[1]))
        {
            var work = new Workload(of, of.Samples);
            if (args.Contains("rx")) { var sorted = work.Sorted(); for (var i = 0; i < 2; i++) Console.WriteLine($"rx {RxRun.Measure(of, sorted) / 1e6:f2} M/s"); }
            for (var i = 0; i < 3; i++)
            {
                var (results, sum) = (0L, 0.0);
                using var engine = new EngineRun(of, false, b => { foreach (var s in b.Signals) if (s.Payload is ResultRun r) { results += r.Count; for (var k = 0; k < r.Count; k++) sum += r.Figures(k).Sum + r.Quantiles(k)[2]; } });
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Environment.CpuUsage.TotalTime;
                engine.Push(work);
                var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{of} {work.Count / seconds / 1e6:f2} M/s, {(double)results / work.Count:f2} results a sample, {(GC.GetAllocatedBytesForCurrentThread() - before) / (double)work.Count:f1} B/sample, {engine.LongestTick.TotalMilliseconds:f0} ms"));
            }
        }
        return Task.FromResult(0);
    }
}
