using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>Reads the sensors of one directory of /sys/class, and looks for new ones every <see cref="SearchScans"/> scans.</summary>
internal sealed class SensorReader(int limit, Func<IEnumerable<SensorFile>> find) : IHardwareReader
{
    private const int SearchScans = 60;

    private Dictionary<SensorFile, Sensor> _sensors = [];
    private int _found, _searchAt;

    public void Read(Scan scan)
    {
        if (scan.Number >= _searchAt) Search(scan);
        foreach (var sensor in _sensors.Values) sensor.Read(scan);
        for (var i = limit; i < _found; i++) scan.Drop(DropReason.Overflow);
    }

    private void Search(Scan scan)
    {
        _searchAt = scan.Number + SearchScans;
        var known = _sensors;
        var found = find().ToList();
        _found = found.Count;
        _sensors = found.Take(limit).ToDictionary(file => file, file => known.GetValueOrDefault(file) ?? new Sensor(file, scan));
    }
}
