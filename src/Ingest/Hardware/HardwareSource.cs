using System.Reactive.Linq;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>The sensors of this machine, from /proc and /sys. On a system without them it sends only promises.</summary>
public static class HardwareSource
{
    /// <param name="host">The record key, the source and the <c>host</c> label of everything it sends.</param>
    /// <param name="drops">Told on the thread of the scan.</param>
    /// <param name="report">Takes one sentence the first time that a file or the clock fails; for the log.</param>
    public static Source Create(HardwareOptions options, string host, TimeProvider time, IDropListener drops, Action<string> report) =>
        new("hardware", OverflowPolicy.DropNewest, Observable.Create<Emission>(observer =>
        {
            var machine = new Machine(options, new Scan(host, time, drops, report));
            return new ScanLoop(options.Interval, time, machine.Next, observer);
        }));
}
