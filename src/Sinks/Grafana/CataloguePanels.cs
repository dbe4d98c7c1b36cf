using Pipeline.Contracts;

namespace Pipeline.Sinks.Grafana;

/// <summary>Panels that are made of the catalogue of metrics alone.</summary>
internal static class CataloguePanels
{
    /// <summary>What only some machines, targets and logs have. It is there to be chosen under "Any metric", where there is any.</summary>
    private static readonly HashSet<string> NotEverywhere =
    [
        "hardware.temperature_celsius", "hardware.fan_speed_revolutions_per_minute", "hardware.power_watts", "hardware.battery_charge_ratio",
        "hardware.paging_utilization_ratio", "probe.dns_seconds", "probe.tls_seconds", "probe.certificate_expiry_seconds", "probe.throughput_bytes_per_second", "pipeline.topic_bytes",
    ];

    /// <summary>A row, closed at first, with a panel for each metric that begins so.</summary>
    public static DashboardRow Row(string title, IReadOnlyList<MetricInfo> metrics, WindowQueries queries, params string[] prefixes) => new(
        title,
        [.. metrics.Where(m => !NotEverywhere.Contains(m.Name) && prefixes.Any(p => m.Name.StartsWith(p, StringComparison.Ordinal))).Select(m => Panel(m, queries))],
        IsCollapsed: true);

    /// <summary>A panel for the metric that is chosen.</summary>
    public static DashboardRow Any(WindowQueries queries) => new("Any metric",
    [
        new(PanelKind.TimeSeries, "$metric", "Mean of the chosen metric, by all its labels.", GrafanaUnit.None, queries.Over("$metric", "mean(\"mean\")", "", "*")) { Min = null },
        new(PanelKind.TimeSeries, "$metric, p95", "The 95th percentile of the chosen metric, in the worst window, by all its labels.", GrafanaUnit.None, queries.Over("$metric", "max(\"p95\")", "", "*")) { Min = null },
    ]);

    /// <summary>A total shows how fast it grows; anything else its mean.</summary>
    private static Panel Panel(MetricInfo metric, WindowQueries queries)
    {
        var name = metric.Name[(metric.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var alias = string.Join(' ', metric.Labels.Select(l => $"$tag_{l}"));
        return metric.Name.EndsWith("_total", StringComparison.Ordinal)
            ? new(PanelKind.TimeSeries, name[..^"_total".Length] + " per second", metric.Description, GrafanaUnit.OfRate(metric.Unit), queries.Where("\"rate\" >= 0").Over(metric.Name, "max(\"rate\")", alias, metric.Labels)) { Width = 8 }
            : new(PanelKind.TimeSeries, name, metric.Description, GrafanaUnit.Of(metric.Name, metric.Unit), queries.Over(metric.Name, "mean(\"mean\")", alias, metric.Labels)) { Width = 8 };
    }
}
