namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/uptime.</summary>
internal sealed class UptimeReader(string root) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(root, "proc/uptime"));

    public void Read(Scan scan)
    {
        if (!_file.TryRead(scan, out var text)) return;
        if (new Words(text).Next(out double seconds)) scan.Add(scan.Host, "uptime_seconds", seconds);
        else _file.Malformed(scan);
    }
}
