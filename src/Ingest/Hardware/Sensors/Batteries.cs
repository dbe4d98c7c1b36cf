namespace Pipeline.Ingest.Hardware;

/// <summary>/sys/class/power_supply: charge and power of the machine's batteries. That of a mouse or a headset is left out.</summary>
internal static class Batteries
{
    public static IEnumerable<SensorFile> Find(string root) =>
        from supply in DeviceDirectory.All(root, "power_supply")
        where supply.Text("type") is "Battery" or "UPS" && supply.Text("scope") != "Device"
        from sensor in (SensorFile[])
        [
            new(supply.FileOf("capacity"), SensorKind.Charge, supply.Name),
            new(supply.FileOf("power_now"), SensorKind.Power, supply.Name),
        ]
        select sensor;
}
