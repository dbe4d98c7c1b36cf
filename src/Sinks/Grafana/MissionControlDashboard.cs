using static Pipeline.Sinks.Grafana.PanelParts;

namespace Pipeline.Sinks.Grafana;

/// <summary>Everything at a glance: is anything wrong, where, since when.</summary>
internal static class MissionControlDashboard
{
    private static readonly string[] Percentiles = ["p50", "p95", "p99"];
    private static readonly string[] Pressures = ["cpu", "memory", "io"];

    public static Dashboard Of(DashboardPlan plan)
    {
        var probes = plan.Windows.Find("probe.success_ratio", "target", "vantage")?.Queries;
        var merged = plan.Windows.FindMerged("probe.ttfb_seconds", "vantage");
        var hosts = plan.Windows.Find("hardware.cpu_utilization_ratio", "host", "cpu")?.Queries;
        var own = plan.Windows.Find("pipeline.verdict_level", "node")?.Queries;
        var rows = new List<DashboardRow> { new("Now", [.. Now(plan, probes, merged, own)]) };
        rows.Add(new DashboardRow("Targets", [.. Targets(plan, probes, merged)]));
        if (hosts is not null) rows.Add(new DashboardRow("Hosts", Hosts(plan, hosts)));
        if (own is not null) rows.Add(new DashboardRow("Pipeline", Own(plan, own)));
        return new Dashboard("pipeline-mission-control", "Mission Control", "Everything at a glance: is anything wrong, where, since when.", [], [.. rows.Where(r => r.Panels.Count > 0)]);
    }

    private static IEnumerable<Panel> Now(DashboardPlan plan, WindowQueries? probes, WindowQueries? merged, WindowQueries? own)
    {
        if (own is not null) yield return Verdict(own, 6);
        if (probes is not null)
            yield return new(PanelKind.Stat, "Probes that succeeded", "Share of all probes in the time shown.", "percentunit", probes.Now("probe.success_ratio", Success, "probes"))
            {
                Width = 5, Height = 4, Max = 1, Thresholds = plan.Availability,
            };
        if (merged is not null)
            yield return new(PanelKind.Stat, "First byte, p95", "The 95th percentile of the time to the first byte over all targets, merged and not averaged, in the newest window.", "s",
                merged.Now("probe.ttfb_seconds", "last(\"p95\")", "from $tag_vantage", "vantage"))
            {
                Width = 5, Height = 4,
            };
        if (own is not null) yield return DataAge(plan, own, 4);
        if (own is not null) yield return Unaccounted(own, 4);
    }

    private static IEnumerable<Panel> Targets(DashboardPlan plan, WindowQueries? probes, WindowQueries? merged)
    {
        if (probes is not null) yield return AvailabilityOverTime(plan, probes, 24);
        if (probes is not null)
            yield return Lines("First byte by target, p95", plan.About("probe.ttfb_seconds") + " The worst window.", "s", probes.Over("probe.ttfb_seconds", "max(\"p95\")", "$tag_target from $tag_vantage", "target", "vantage"));
        if (merged is not null)
            yield return Lines("First byte over all targets", "Percentiles over all targets as each vantage point sees them: merged, not averaged. The worst window.", "s",
                [.. Percentiles.Select(p => merged.Over("probe.ttfb_seconds", $"max(\"{p}\")", $"$tag_vantage {p}", "vantage"))]);
    }

    private static IReadOnlyList<Panel> Hosts(DashboardPlan plan, WindowQueries hosts) =>
    [
        Fill(plan, hosts, 8),
        Lines("Cores in use", plan.About("hardware.cpu_utilization_ratio"), "percentunit", hosts.Where("cpu", "total").Over("hardware.cpu_utilization_ratio", Mean, "$tag_host", "host")) with { Width = 8, Max = 1 },
        Lines("Pressure", "Share of the time in which some task waited for a core, for memory or for a disk.", "percentunit",
            [.. Pressures.Select(what => hosts.Over($"hardware.{what}_pressure_some_ratio", Mean, $"$tag_host {what}", "host"))]) with { Width = 8 },
    ];

    private static IReadOnlyList<Panel> Own(DashboardPlan plan, WindowQueries own) =>
    [
        VerdictOverTime(own) with { Width = 8, Height = 7 },
        Lines("Records into the log", plan.About("pipeline.topic_records_total"), "cps", own.Where("\"rate\" >= 0").Over("pipeline.topic_records_total", Rate, "$tag_node $tag_topic", "node", "topic")) with { Width = 8, Height = 7 },
        Lines("Behind the input", plan.About("pipeline.stage_lag_seconds"), "s", own.Over("pipeline.stage_lag_seconds", "max(\"max\")", "$tag_node $tag_stage", "node", "stage"))
            with { Width = 8, Height = 7, Thresholds = DashboardPlan.UpTo(plan.Limits.LagDegraded.TotalSeconds) },
    ];
}
