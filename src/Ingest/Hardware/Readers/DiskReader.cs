namespace Pipeline.Ingest.Hardware;

/// <summary>/proc/diskstats, whole disks only: what goes through a partition is in its disk.</summary>
internal sealed class DiskReader(HardwareOptions options) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(options.Root, "proc/diskstats"));
    private readonly DeviceTable<Disk> _disks = new(options.Limit, (name, scan) => new Disk(scan, name));
    private readonly NamePatterns _skipped = new(options.SkipDisks);

    public void Read(Scan scan)
    {
        if (_file.TryRead(scan, out var text))
        {
            var isValid = true;
            ReadOnlySpan<byte> disk = default;
            foreach (var line in new Lines(text))
            {
                if (!DiskTimes.TryParse(line, out var name, out var times)) isValid = false;
                else if (!IsPartition(disk, name))
                {
                    disk = name;
                    if (!_skipped.Match(name)) _disks.Find(name, scan)?.Read(scan, times);
                }
            }
            if (!isValid) _file.Malformed(scan);
        }
        _disks.ForgetUnseen(scan);
    }

    /// <summary>The kernel lists partitions after their disk: <c>sda</c>, <c>sda1</c>; <c>nvme0n1</c>, <c>nvme0n1p2</c>.</summary>
    private static bool IsPartition(ReadOnlySpan<byte> disk, ReadOnlySpan<byte> name)
    {
        if (disk.IsEmpty || !name.StartsWith(disk)) return false;
        var rest = name[disk.Length..];
        if (char.IsAsciiDigit((char)disk[^1])) rest = rest is [(byte)'p', ..] ? rest[1..] : default;
        return !rest.IsEmpty && !rest.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
