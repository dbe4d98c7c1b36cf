namespace Pipeline.Sinks.Grafana;

/// <summary>What the reader of a dashboard chooses.</summary>
/// <param name="Query">Gives the texts to choose from.</param>
/// <param name="Default">What is chosen at first; all where it is null, and then several can be.</param>
public sealed record Variable(string Name, string Label, string Query, string? Default = null)
{
    public bool IsMany => Default is null;

    /// <summary>The texts of a label on a metric.</summary>
    public static Variable OfLabel(string label, string title, string metric, string? @default = null) =>
        new(label, title, $"SHOW TAG VALUES FROM \"{metric}\" WITH KEY = \"{label}\"", @default);

    /// <summary>The metrics of a kind that InfluxDB has.</summary>
    public static Variable OfMetrics(string kind, string @default) =>
        new("metric", "Any metric", $"SHOW MEASUREMENTS WITH MEASUREMENT =~ /^{kind}\\./", @default);
}
