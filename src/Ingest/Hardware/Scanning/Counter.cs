namespace Pipeline.Ingest.Hardware;

/// <summary>
/// A counter of the kernel between two scans. It says nothing when the last reading is not of the scan before (a new device, a file that
/// could not be read, a clock that jumped) or the counter went back.
/// </summary>
internal struct Counter
{
    private ulong _value;
    private long _timestamp;
    private int _scan;

    public double? Growth(ulong value, Scan scan)
    {
        double? growth = _scan == scan.Number - 1 && value >= _value ? value - _value : null;
        (_value, _timestamp, _scan) = (value, scan.Timestamp, scan.Number);
        return growth;
    }

    /// <summary>Growth per second of monotonic time between the two reads of the file.</summary>
    public double? Rate(ulong value, Scan scan)
    {
        var seconds = scan.Time.GetElapsedTime(_timestamp, scan.Timestamp).TotalSeconds;
        return Growth(value, scan) is { } growth && seconds > 0 ? growth / seconds : null;
    }
}
