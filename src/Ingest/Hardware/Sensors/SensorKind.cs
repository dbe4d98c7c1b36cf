namespace Pipeline.Ingest.Hardware;

/// <summary>What a number in a sensor file means, and which numbers no sensor can have measured.</summary>
/// <param name="Scale">Turns the number of the file into the unit of the metric.</param>
internal sealed record SensorKind(string Metric, string Label, double Scale, double Least, double Most)
{
    /// <summary>Thousandths of a degree. Sensors that are not connected read 127 or -128, and unset ones 0 or absolute zero.</summary>
    public static readonly SensorKind Temperature = new("temperature_celsius", "sensor", 1e-3, -55, 125) { IsZeroUnset = true };

    /// <summary>A fan that stands still is worth seeing, so 0 is believed; a broken tachometer reads 65535.</summary>
    public static readonly SensorKind Fan = new("fan_speed_revolutions_per_minute", "sensor", 1, 0, 60_000);

    public static readonly SensorKind Power = new("power_watts", "sensor", 1e-6, 0, 100_000);

    /// <summary>Microjoules that count up. In virtual machines the counter may be there and stand at 0.</summary>
    public static readonly SensorKind Energy = new("power_watts", "sensor", 1e-6, 0, 100_000) { IsZeroUnset = true, IsCounter = true };

    /// <summary>Percent.</summary>
    public static readonly SensorKind Charge = new("battery_charge_ratio", "battery", 0.01, 0, 1);

    /// <summary>Whether a 0 in the file stands for nothing measured.</summary>
    public bool IsZeroUnset { get; private init; }

    /// <summary>Whether the metric is what the number grows by in a second.</summary>
    public bool IsCounter { get; private init; }
}
