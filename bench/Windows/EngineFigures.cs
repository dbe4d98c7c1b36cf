using Pipeline.Processing;

namespace Pipeline.Bench.Windows;

/// <param name="Rate">Samples per second.</param>
/// <param name="Allocated">Bytes a sample, in the second half of the run.</param>
/// <param name="PerResult">Nanoseconds from the watermark to the result, over all hops of the second half.</param>
/// <param name="Hop">Milliseconds until all results of a hop were out.</param>
/// <param name="State">Bytes a series that the engine held at the end, its groups and its room for results included.</param>
public sealed record EngineFigures(double Rate, double Allocated, double PerResult, double Hop, double State)
{
    public static EngineFigures Of(WindowCase of, Workload work, bool sketch)
    {
        var (results, check) = (0L, 0.0);
        using var engine = new EngineRun(of, sketch, batch =>
        {
            foreach (ref readonly var signal in batch.Signals)
            {
                if (signal.Payload is not ResultRun run) continue;
                results += run.Count;
                for (var i = 0; i < run.Count; i++) check += run.Figures(i).Sum + run.Quantiles(i)[2];
            }
        });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = CpuClock.Seconds;
        engine.Push(work, 0, work.Count / 2);
        var (half, allocated) = (results, GC.GetAllocatedBytesForCurrentThread());
        engine.Hops.Clear();
        engine.Push(work, work.Count / 2, work.Count);
        var seconds = CpuClock.Seconds - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var state = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (double.IsNaN(check)) throw new InvalidOperationException("No results.");
        return new EngineFigures(work.Count / seconds, allocated / (work.Count / 2.0), engine.Hops.Sum() * 1e9 / (results - half),
            engine.Hops.Order().ElementAt(engine.Hops.Count / 2) * 1000, (double)state / of.Series);
    }
}
