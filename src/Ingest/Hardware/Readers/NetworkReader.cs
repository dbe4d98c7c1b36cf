namespace Pipeline.Ingest.Hardware;

/// <summary>
/// The network devices of the machine: /proc/1/net/dev, since /proc/net belongs to whoever reads it, and in a container that is not the
/// machine's. Where the first process is hidden, it is all there is.
/// </summary>
internal sealed class NetworkReader(HardwareOptions options) : IHardwareReader
{
    private readonly MachineFile _file = new(FileOf(options.Root));
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

    private static string FileOf(string root)
    {
        var first = Path.Combine(root, "proc/1/net/dev");
        return File.Exists(first) ? first : Path.Combine(root, "proc/net/dev");
    }
}
