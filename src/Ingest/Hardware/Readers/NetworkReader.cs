namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/net/dev.</summary>
internal sealed class NetworkReader(HardwareOptions options) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(options.Root, "proc/net/dev"));
    private readonly DeviceTable<NetworkDevice> _devices = new(options.Limit, (name, scan) => new NetworkDevice(scan, name));
    private readonly NamePatterns _skipped = new(options.SkipNetworkDevices);

    public void Read(Scan scan)
    {
        if (_file.TryRead(scan, out var text))
        {
            var isValid = true;
            foreach (var line in new Lines(text))
            {
                if (line.Contains((byte)'|')) continue; // the two lines of headings
                if (!NetworkCounts.TryParse(line, out var name, out var counts)) isValid = false;
                else if (!_skipped.Match(name)) _devices.Find(name, scan)?.Read(scan, counts);
            }
            if (!isValid) _file.Malformed(scan);
        }
        _devices.ForgetUnseen(scan);
    }
}
