using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>The busy share of one core, or of all.</summary>
internal sealed class CpuCore(LabelSet labels)
{
    private Counter _busy, _rest;

    public void Read(Scan scan, in CpuTimes times)
    {
        var (busy, rest) = (_busy.Growth(times.Busy, scan), _rest.Growth(times.Rest, scan));
        if (busy + rest > 0) scan.Add(labels, "cpu_utilization_ratio", busy / (busy + rest));
    }
}
