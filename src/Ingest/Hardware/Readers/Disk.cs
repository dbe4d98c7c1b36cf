using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>What one disk does.</summary>
internal sealed class Disk(Scan first, string name)
{
    private readonly LabelSet _labels = first.Labels(("device", name));
    private readonly DiskDirection _read = new(first.Labels(("device", name), ("direction", "read")));
    private readonly DiskDirection _write = new(first.Labels(("device", name), ("direction", "write")));
    private Counter _busy;

    public void Read(Scan scan, in DiskTimes times)
    {
        _read.Read(scan, times.Read);
        _write.Read(scan, times.Write);

        // The kernel counts whole ticks, so a disk that is always busy may seem to be so for a little longer than there was time.
        if (_busy.Rate(times.BusyMilliseconds, scan) is { } busy) scan.Add(_labels, "disk_io_time_ratio", Math.Min(busy / 1000, 1));
    }
}
