using Pipeline.Processing;
using static Pipeline.Sinks.Grafana.PanelParts;

namespace Pipeline.Sinks.Grafana;

/// <summary>What the probes see of their targets: rate, errors, duration, and where the time goes.</summary>
internal static class ProbesDashboard
{
    private static readonly string[] By = ["target", "vantage"];
    private static readonly string[] Percentiles = ["p50", "p95", "p99"];
    private static readonly string[] Phases = ["dns", "connect", "tls", "wait", "transfer"];

    public static Dashboard? Of(DashboardPlan plan)
    {
        if (plan.Windows.Find("probe.success_ratio", By) is not { } found) return null;
        var probes = found.Queries.Chosen(By);
        Panel[] steadiness = [.. Steadiness(plan)];
        return new Dashboard("pipeline-probes", "Probes", "What the probes see of their targets: how often they answer, how fast, and where the time goes.",
        [
            Variable.OfLabel("target", "Target", "probe.success_ratio"),
            Variable.OfLabel("vantage", "Vantage", "probe.success_ratio"),
            Variable.OfLabel("window", "Window", "probe.success_ratio", found.Name),
            Variable.OfMetrics("probe", "probe.ttfb_seconds"),
        ],
        [
            new("Now", [Share(plan, probes), Status(plan, probes), Table(plan, probes)]),
            new("Availability", [AvailabilityOverTime(plan, probes, 24)]),
            new("Time", [.. Times(plan, probes)]),
            .. steadiness.Length == 0 ? [] : (DashboardRow[])[new("Steadiness", steadiness)],
            new("More", [.. More(plan, probes)]),
            CataloguePanels.Any(probes),
            CataloguePanels.Row("Every metric", plan.Metrics, probes, "probe."),
        ]);
    }

    private static Panel Share(DashboardPlan plan, WindowQueries probes) =>
        new(PanelKind.BarGauge, "Probes that succeeded", "Share of the probes of the time shown.", "percentunit", probes.Now("probe.success_ratio", Success, "$tag_target from $tag_vantage", By))
        {
            Width = 8, Max = 1, Thresholds = plan.Availability,
        };

    private static Panel Status(DashboardPlan plan, WindowQueries probes) =>
        new(PanelKind.Stat, "Status", plan.About("probe.http_status_code"), "none", probes.Now("probe.http_status_code", Newest, "$tag_target", By))
        {
            Width = 4, Thresholds = [new("red"), new("green", 200), new("orange", 300), new("red", 400)],
        };

    private static Panel Table(DashboardPlan plan, WindowQueries probes) =>
        new(PanelKind.Table, "Time to the first byte", plan.About("probe.ttfb_seconds") + " The newest window.", "s",
            probes.Now("probe.ttfb_seconds", "last(\"count\") AS \"probes\", last(\"p50\") AS \"p50\", last(\"p95\") AS \"p95\", last(\"p99\") AS \"p99\", last(\"max\") AS \"max\"", "", By))
        {
            Columns = [("target", null), ("vantage", null), ("probes", "short"), ("p50", null), ("p95", null), ("p99", null), ("max", null)],
        };

    private static IEnumerable<Panel> Times(DashboardPlan plan, WindowQueries probes)
    {
        foreach (var percentile in Percentiles)
            yield return Lines($"First byte, {percentile}", plan.About("probe.ttfb_seconds") + " The worst window.", "s",
                probes.Over("probe.ttfb_seconds", $"max(\"{percentile}\")", "$tag_target from $tag_vantage", By)) with { Width = 8 };
        yield return Lines("Where the time goes", "Mean of each phase over the chosen targets; those that a probe did not have are left out.", "s",
            [.. Phases.Select(phase => probes.Over($"probe.{phase}_seconds", Mean, phase))]) with { IsStacked = true };
        yield return Lines("Whole probe, p95", plan.About("probe.duration_seconds") + " The worst window.", "s", probes.Over("probe.duration_seconds", "max(\"p95\")", "$tag_target from $tag_vantage", By));
    }

    /// <summary>What only some windows ask for.</summary>
    private static IEnumerable<Panel> Steadiness(DashboardPlan plan)
    {
        const string duration = "probe.duration_seconds";
        if (plan.Windows.FindWith(s => s.Above.Count > 0, duration, By) is { } shares)
            foreach (var limit in StatisticSet.Of(shares.Statistics)!.Thresholds)
                yield return Lines($"Slower than {limit} s", $"Share of the probes that took longer than {limit} s. The worst window.", "percentunit",
                    shares.Queries.Among(By).Over(duration, $"max(\"above_{limit}\")", "$tag_target from $tag_vantage", By)) with { Width = 8, Max = 1 };
        if (plan.Windows.FindWith(s => s.StandardDeviation, duration, By) is { } spread)
            yield return Lines("Spread of the whole probe", "Standard deviation of how long probes take. The widest window.", "s",
                spread.Queries.Among(By).Over(duration, "max(\"standard_deviation\")", "$tag_target from $tag_vantage", By)) with { Width = 8 };
        if (plan.Windows.FindWith(s => s.Ewma is not null, duration, By) is { } recent)
            yield return Lines("Whole probe, recent mean", "Mean of how long probes take, in which older ones weigh less.", "s",
                recent.Queries.Among(By).Over(duration, "last(\"ewma\")", "$tag_target from $tag_vantage", By));
        if (plan.Windows.FindWith(s => s.Baseline is not null, duration, By) is { } compared)
            yield return Lines("Whole probe against earlier days", "How far the mean lies above that of the same time on earlier days, as a share of it.", "percentunit",
                compared.Queries.Among(By).Over(duration, "last(\"change\")", "$tag_target from $tag_vantage", By));
        if (plan.Windows.FindWith(s => s.Distinct == "target", "probe.ttfb_seconds", "vantage") is { } answered)
            yield return Lines("Targets that answered", "How many different targets sent a header at all. The worst window.", "none",
                answered.Queries.Among("vantage").Over("probe.ttfb_seconds", "min(\"distinct\")", "from $tag_vantage", "vantage"));
    }

    private static IEnumerable<Panel> More(DashboardPlan plan, WindowQueries probes)
    {
        yield return new(PanelKind.BarGauge, "Certificates", plan.About("probe.certificate_expiry_seconds"), "s", probes.Now("probe.certificate_expiry_seconds", "last(\"min\")", "$tag_target from $tag_vantage", By))
        {
            Width = 8, Thresholds = [new("red"), new("orange", 7 * 86400), new("green", 14 * 86400)],
        };
        yield return Lines("Bytes a second", plan.About("probe.goodput_bytes_per_second"), "binBps", probes.Over("probe.goodput_bytes_per_second", Mean, "$tag_target from $tag_vantage", By)) with { Width = 8 };
        yield return Lines("The prober's own delay, p99", plan.About("probe.lateness_seconds") + " The worst window.", "s", probes.Over("probe.lateness_seconds", "max(\"p99\")", "$tag_target from $tag_vantage", By)) with { Width = 8 };
    }
}
