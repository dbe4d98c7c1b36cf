namespace Pipeline.Sinks.Grafana;

/// <summary>Panels that several dashboards show, and the numbers that they are made of.</summary>
internal static class PanelParts
{
    public const string Mean = "mean(\"mean\")";
    public const string Newest = "last(\"last\")";

    /// <summary>Weighted by the probes in each window.</summary>
    public const string Success = "sum(\"sum\") / sum(\"count\")";

    /// <summary>By the total's windows; a total begins anew with the program, and that one window does not count.</summary>
    public const string Rate = "max(\"rate\")";

    private static readonly Wording[] HealthWords =
    [
        new(0, 0.5, "Healthy", "green"), new(0.51, 1.5, "Degraded", "orange"), new(1.51, 2.5, "Unhealthy", "red"), new(2.51, 3, "Unknown", "purple"),
    ];

    public static Panel Verdict(WindowQueries own, int width) =>
        new(PanelKind.Stat, "Verdict", "How everything is, as the program's own page says it. The page and /api/verdict give the reasons.", "none", own.Now("pipeline.verdict_level", Newest, "$tag_node", "node"))
        {
            Width = width, Height = 4, Words = HealthWords,
        };

    public static Panel VerdictOverTime(WindowQueries own) =>
        new(PanelKind.StateTimeline, "Verdict over time", "The worst verdict of each moment.", "none", own.Over("pipeline.verdict_level", "max(\"max\")", "$tag_node", "node")) { Height = 5, Words = HealthWords };

    public static Panel DataAge(DashboardPlan plan, WindowQueries own, int width) =>
        new(PanelKind.Stat, "Age of the data", plan.About("pipeline.data_age_seconds"), "s", own.Now("pipeline.data_age_seconds", Newest, "$tag_node", "node"))
        {
            Width = width, Height = 4, Thresholds = [new("green"), new("orange", plan.Limits.SilentAfter.TotalSeconds), new("red", plan.Limits.UnknownAfter.TotalSeconds)],
        };

    public static Panel Unaccounted(WindowQueries own, int width) =>
        new(PanelKind.Stat, "Unaccounted values", "Values of which the loss ledger did not know what became, at the worst moment of the time shown. 0 in a sound pipeline.", "none",
            own.Now("pipeline.values_unaccounted", "max(\"max\") - min(\"min\")", "values"))
        {
            Width = width, Height = 4, Thresholds = [new("green"), new("red", 1)],
        };

    public static Panel AvailabilityOverTime(DashboardPlan plan, WindowQueries probes, int width) =>
        new(PanelKind.StateTimeline, "Availability", plan.About("probe.success_ratio"), "percentunit", probes.Over("probe.success_ratio", Success, "$tag_target from $tag_vantage", "target", "vantage"))
        {
            Width = width, Height = 6, Max = 1, Thresholds = plan.Availability,
        };

    /// <summary>Whatever fills up, as it is now.</summary>
    public static Panel Fill(DashboardPlan plan, WindowQueries hosts, int width) =>
        new(PanelKind.BarGauge, "In use now", "Shares of the cores, the memory and each file system.", "percentunit",
            hosts.Where("cpu", "total").Now("hardware.cpu_utilization_ratio", "last(\"mean\")", "$tag_host cores", "host"),
            hosts.Now("hardware.memory_utilization_ratio", "last(\"mean\")", "$tag_host memory", "host"),
            hosts.Now("hardware.filesystem_utilization_ratio", "last(\"mean\")", "$tag_host $tag_mountpoint", "host", "mountpoint"))
        {
            Width = width, Max = 1, Thresholds = plan.FileSystem,
        };

    public static Panel Lines(string title, string about, string unit, params PanelQuery[] queries) => new(PanelKind.TimeSeries, title, about, unit, queries);
}
