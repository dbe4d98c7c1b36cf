using System.Reactive.Linq;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Probes;

/// <summary>HTTP probes as a source: every target on its own schedule, each instant accounted for.</summary>
public static class ProbeSource
{
    /// <param name="options">As they passed <see cref="ProbeOptions.Check"/>.</param>
    /// <param name="drops">Told of missed instants of a pause so long that they are not even reported as missed.</param>
    public static Source Create(ProbeOptions options, string node, TimeProvider time, IDropListener drops)
    {
        ProbeTarget[] targets = [.. options.Targets.Select(t => ProbeTarget.Of(t, options.Vantage ?? node))];
        // A full queue makes the probes wait, which they record as lateness: a dropped result would be gone.
        return new Source("probes", OverflowPolicy.Wait, Observable.Create<Emission>(async (observer, abort) =>
        {
            using var runner = new ProbeRunner(time);
            var schedule = new ProbeSchedule(targets, options.MaxConcurrent, time.GetUtcNow());
            await new ProbeLoop(schedule, runner.Run, time, node, drops).Run(observer, abort);
        }));
    }
}
