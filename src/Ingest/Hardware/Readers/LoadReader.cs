namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/loadavg.</summary>
internal sealed class LoadReader(string root) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(root, "proc/loadavg"));

    public void Read(Scan scan)
    {
        if (!_file.TryRead(scan, out var text)) return;
        var words = new Words(text);
        if (words.Next(out double one) && words.Next(out double five) && words.Next(out double fifteen))
        {
            scan.Add(scan.Host, "cpu_load_average_1m", one);
            scan.Add(scan.Host, "cpu_load_average_5m", five);
            scan.Add(scan.Host, "cpu_load_average_15m", fifteen);
        }
        else _file.Malformed(scan);
    }
}
