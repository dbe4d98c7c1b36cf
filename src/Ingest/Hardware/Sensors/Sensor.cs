using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>One sensor file.</summary>
internal sealed class Sensor(SensorFile sensor, Scan first)
{
    private readonly MachineFile _file = new(sensor.Path);
    private readonly LabelSet _labels = first.Labels((sensor.Kind.Label, sensor.Name));
    private readonly SensorKind _kind = sensor.Kind;
    private Counter _counter;

    public void Read(Scan scan)
    {
        if (!_file.TryReadNumber(scan, out var number)) return;
        if (number == 0 && _kind.IsZeroUnset) scan.Drop(DropReason.Rejected);
        else if (!_kind.IsCounter) Add(scan, number);
        else if (number < 0) _file.Malformed(scan);
        else if (_counter.Rate((ulong)number, scan) is { } rate) Add(scan, rate);
    }

    private void Add(Scan scan, double number)
    {
        var value = number * _kind.Scale;
        if (value < _kind.Least || value > _kind.Most) scan.Drop(DropReason.Rejected);
        else scan.Add(_labels, _kind.Metric, value);
    }
}
