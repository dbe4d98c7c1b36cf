using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>The share of each mode in the time of all cores.</summary>
internal sealed class CpuModes(Scan first)
{
    private static readonly string[] Names = ["user", "nice", "system", "idle", "iowait", "interrupt", "steal"];

    private readonly LabelSet[] _labels = [.. Names.Select(name => first.Labels(("mode", name)))];
    private readonly Counter[] _counters = new Counter[Names.Length];
    private Counter _busy, _rest;

    public void Read(Scan scan, in CpuTimes times)
    {
        var total = _busy.Growth(times.Busy, scan) + _rest.Growth(times.Rest, scan);
        ReadOnlySpan<ulong> modes = [times.User, times.Nice, times.System, times.Idle, times.IoWait, times.Interrupt, times.Steal];
        for (var i = 0; i < modes.Length; i++)
        {
            var growth = _counters[i].Growth(modes[i], scan);
            if (growth <= total && total > 0) scan.Add(_labels[i], "cpu_mode_utilization_ratio", growth / total);
        }
    }
}
