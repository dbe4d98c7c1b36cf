using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>What one disk reads, or writes.</summary>
internal sealed class DiskDirection(LabelSet labels)
{
    private const double SectorBytes = 512;

    private Counter _sectors, _rate, _operations, _milliseconds;

    public void Read(Scan scan, in DiskDirectionTimes times)
    {
        scan.Add(labels, "disk_io_bytes_per_second", _sectors.Rate(times.Sectors, scan) * SectorBytes);
        scan.Add(labels, "disk_operations_per_second", _rate.Rate(times.Operations, scan));

        var milliseconds = _milliseconds.Growth(times.Milliseconds, scan);
        if (_operations.Growth(times.Operations, scan) is > 0 and var operations)
            scan.Add(labels, "disk_operation_time_seconds", milliseconds / 1000 / operations);
    }
}
