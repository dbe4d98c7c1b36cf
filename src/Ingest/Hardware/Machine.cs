using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>All readers of one machine. Not for two threads at once.</summary>
internal sealed class Machine(HardwareOptions options, Scan scan)
{
    private readonly IHardwareReader[] _readers =
    [
        new CpuReader(options),
        new LoadReader(options.Root),
        .. PressureReader.All(options.Root),
        new MemoryReader(options.Root),
        new PagingReader(options.Root),
        new FileSystemReader(options),
        new DiskReader(options),
        new NetworkReader(options),
        new UptimeReader(options.Root),
        new ProcessReader(options),
        new SensorReader(options.Limit, () => HwmonSensors.Find(options.Root)),
        new SensorReader(options.Limit, () => ThermalZones.Find(options.Root)),
        new SensorReader(options.Limit, () => RaplZones.Find(options.Root)),
        new SensorReader(options.Limit, () => Batteries.Find(options.Root)),
    ];

    private readonly ScanClock _clock = new(options.Interval);

    /// <summary>
    /// Scans, and promises the time of the scan. After the wall clock was set back the values are older than a promise already given;
    /// they are dropped as late until the clock has caught up.
    /// </summary>
    public Emission Next()
    {
        var time = _clock.Begin(scan);
        foreach (var reader in _readers) reader.Read(scan);
        return new Emission(time < _clock.Promise ? scan.Abandon(DropReason.Late) : scan.Take(time), _clock.Promise);
    }
}
