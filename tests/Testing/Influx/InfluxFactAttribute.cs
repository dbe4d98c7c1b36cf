using Xunit;

namespace Pipeline.Testing;

/// <summary>A fact about a real InfluxDB 1, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InfluxFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/influxd";

    public InfluxFactAttribute()
    {
        if (!File.Exists(Program)) Skip = $"There is no {Program}; apt-get install influxdb.";
    }
}
