namespace Pipeline.Ingest.Hardware;

/// <summary>/sys/class/hwmon: the temperatures, fans and power meters of chips and drives, named <c>coretemp.0/Core 0</c>.</summary>
internal static class HwmonSensors
{
    public static IEnumerable<SensorFile> Find(string root) =>
        DeviceDirectory.All(root, "hwmon").SelectMany(chip => Find(chip, NameOf(chip)))
            .GroupBy(sensor => (sensor.Kind, sensor.Name))
            .SelectMany(alike => alike.Select((sensor, i) => i == 0 ? sensor : sensor with { Name = $"{sensor.Name} #{i + 1}" }));

    private static IEnumerable<SensorFile> Find(DeviceDirectory chip, string name) =>
        [
            .. Find(chip, name, "temp*_input", SensorKind.Temperature),
            .. Find(chip, name, "fan*_input", SensorKind.Fan),
            .. Find(chip, name, chip.Files("power*_input").Any() ? "power*_input" : "power*_average", SensorKind.Power),
        ];

    private static IEnumerable<SensorFile> Find(DeviceDirectory chip, string name, string pattern, SensorKind kind)
    {
        foreach (var path in chip.Files(pattern))
        {
            var input = Path.GetFileName(path)[..^(pattern.Length - pattern.IndexOf('_'))];
            yield return new SensorFile(path, kind, $"{name}/{chip.Text($"{input}_label") ?? input}");
        }
    }

    /// <summary>The number of a hwmon directory changes from start to start, so the driver and its device name the chip.</summary>
    private static string NameOf(DeviceDirectory chip) => (chip.Text("name"), chip.Device) switch
    {
        (null, var device) => device ?? chip.Name,
        (var name, null) => name,
        var (name, device) => device.StartsWith(name, StringComparison.Ordinal) ? device : $"{name}-{device}",
    };
}
