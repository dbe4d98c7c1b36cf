namespace Pipeline.Sinks.Influx;

/// <summary>Who sends the lines.</summary>
public enum InfluxSender
{
    /// <summary>Our own HTTP sender, to every version.</summary>
    Http,

    /// <summary>The package InfluxDB.Client, to versions 2 and 3.</summary>
    Client,
}

/// <summary>The writers that this program was built with.</summary>
public static class InfluxWriters
{
#if INFLUXDB_CLIENT
    public const bool HasClient = true;

    public static IInfluxWriter Create(InfluxOptions options, TimeProvider time) =>
        options.Sender == InfluxSender.Client ? new InfluxClientWriter(options) : new InfluxHttpWriter(options, time);
#else
    public const bool HasClient = false;

    public static IInfluxWriter Create(InfluxOptions options, TimeProvider time) => new InfluxHttpWriter(options, time);
#endif
}
