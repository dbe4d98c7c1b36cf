namespace Pipeline.Ingest.Hardware;

/// <summary>/sys/class/thermal: what small boards have in place of hwmon, named <c>thermal_zone0/cpu-thermal</c>.</summary>
internal static class ThermalZones
{
    public static IEnumerable<SensorFile> Find(string root) =>
        from zone in DeviceDirectory.All(root, "thermal")
        where zone.Files("temp").Any()
        select new SensorFile(zone.FileOf("temp"), SensorKind.Temperature, $"{zone.Name}/{zone.Text("type") ?? "temp"}");
}
