namespace Pipeline.Sinks.Grafana;

/// <summary>Units as Grafana calls them.</summary>
public static class GrafanaUnit
{
    public const string None = "short";

    /// <param name="metric">A number without a unit is a share where its name says so.</param>
    /// <param name="unit">As in the catalogue of metrics.</param>
    public static string Of(string metric, string unit) => unit switch
    {
        "1" => metric.EndsWith("_ratio", StringComparison.Ordinal) ? "percentunit" : metric.EndsWith("_code", StringComparison.Ordinal) ? "none" : None,
        "s" => "s",
        "By" => "bytes",
        "By/s" => "binBps",
        "Cel" => "celsius",
        "W" => "watt",
        "rpm" => "rotrpm",
        "{packet}/s" => "pps",
        "{operation}/s" => "iops",
        _ => unit.EndsWith("/s", StringComparison.Ordinal) ? "cps" : None,
    };

    /// <summary>The unit of how fast a total grows.</summary>
    public static string OfRate(string unit) => unit switch { "s" => None, "By" => "binBps", _ => "cps" };
}
