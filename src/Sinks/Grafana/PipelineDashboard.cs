using static Pipeline.Sinks.Grafana.PanelParts;

namespace Pipeline.Sinks.Grafana;

/// <summary>The program itself: is it behind, does it lose anything, what does it take.</summary>
internal static class PipelineDashboard
{
    public static Dashboard? Of(DashboardPlan plan)
    {
        if (plan.Windows.Find("pipeline.values_total", "node", "part", "fate") is not { } found) return null;
        var own = found.Queries.Chosen("node");
        var parts = own.Where("\"part\" =~ /^$part$/");
        return new Dashboard("pipeline-pipeline", "Pipeline", "The program itself: is it behind, does it lose anything, what does it take.",
        [
            Variable.OfLabel("node", "Node", "pipeline.verdict_level"),
            Variable.OfLabel("part", "Part", "pipeline.values_total"),
            Variable.OfLabel("window", "Window", "pipeline.verdict_level", found.Name),
            Variable.OfMetrics("pipeline", "pipeline.values_held"),
        ],
        [
            new("Now", [Verdict(own, 6), DataAge(plan, own, 4), Unaccounted(own, 4), .. Program(plan, own), VerdictOverTime(own) with { Width = 24 }]),
            new("Behind", [.. Behind(plan, own)]),
            new("Losses", [.. Losses(plan, parts)]),
            new("Flow", [.. Flow(plan, own, parts)]),
            CataloguePanels.Any(own),
            CataloguePanels.Row("Every metric", plan.Metrics, own, "pipeline."),
        ]);
    }

    private static IEnumerable<Panel> Program(DashboardPlan plan, WindowQueries own)
    {
        yield return new(PanelKind.Stat, "Memory", plan.About("pipeline.memory_bytes"), "bytes", own.Now("pipeline.memory_bytes", Newest, "$tag_node", "node")) { Width = 5, Height = 4 };
        yield return new(PanelKind.Stat, "Cores in use", plan.About("pipeline.cpu_seconds_total") + " A second of it in each second is one core.", "short",
            own.Where("\"rate\" >= 0").Now("pipeline.cpu_seconds_total", "last(\"rate\")", "$tag_node", "node")) { Width = 5, Height = 4 };
    }

    private static IEnumerable<Panel> Behind(DashboardPlan plan, WindowQueries own)
    {
        string[] by = ["node", "stage", "partition"];
        yield return Lines("Age of the data", plan.About("pipeline.data_age_seconds"), "s", own.Over("pipeline.data_age_seconds", "max(\"max\")", "$tag_node", "node"))
            with { Width = 8, Thresholds = DashboardPlan.UpTo(plan.Limits.UnknownAfter.TotalSeconds) };
        yield return Lines("Behind the input, time", plan.About("pipeline.stage_lag_seconds"), "s", own.Over("pipeline.stage_lag_seconds", "max(\"max\")", "$tag_node $tag_stage/$tag_partition", by))
            with { Width = 8, Thresholds = DashboardPlan.UpTo(plan.Limits.LagDegraded.TotalSeconds) };
        yield return Lines("Behind the input, records", plan.About("pipeline.stage_lag_records"), "short", own.Over("pipeline.stage_lag_records", "max(\"max\")", "$tag_node $tag_stage/$tag_partition", by)) with { Width = 8 };
    }

    private static IEnumerable<Panel> Losses(DashboardPlan plan, WindowQueries parts)
    {
        yield return new(PanelKind.Table, "Ledger", "What became of every value since the chosen nodes started: what came in and did not go out is held, or was given up for one of the reasons.", "short",
            parts.Sum("pipeline.values_total", "values", ["node", "part", "fate"], "part", "fate"))
        {
            Matrix = ("fate", "part", "values"), Height = 12, Width = 14,
        };
        yield return Lines("Given up", "Values given up for each reason, a second, in the part that gave up most. Not every one is a loss: a window filters what it is not asked for.", "cps",
            parts.Where("\"fate\" != 'in' AND \"fate\" != 'out' AND \"rate\" >= 0").Over("pipeline.values_total", Rate, "$tag_fate", "fate")) with { Width = 10, Height = 12 };
    }

    private static IEnumerable<Panel> Flow(DashboardPlan plan, WindowQueries own, WindowQueries parts)
    {
        yield return Lines("Values into each part", "Values taken in, a second.", "cps", parts.Where("fate", "in").Where("\"rate\" >= 0").Over("pipeline.values_total", Rate, "$tag_node $tag_part", "node", "part")) with { Width = 8 };
        yield return Lines("Values held", plan.About("pipeline.values_held"), "short", parts.Over("pipeline.values_held", "max(\"max\")", "$tag_node $tag_part", "node", "part")) with { Width = 8 };
        yield return Lines("Records into the log", plan.About("pipeline.topic_records_total"), "cps", own.Where("\"rate\" >= 0").Over("pipeline.topic_records_total", Rate, "$tag_node $tag_topic", "node", "topic")) with { Width = 8 };
    }
}
