using System.Text.RegularExpressions;
using Pipeline.Contracts;
using Pipeline.Ingest.Hardware;
using Pipeline.Ingest.Probes;
using Pipeline.Ingest.Self;
using Pipeline.Processing;
using Pipeline.Sinks.Grafana;

namespace Pipeline.Sinks.Tests.Grafana;

public sealed partial class DashboardTests
{
    private static readonly MetricInfo[] Metrics = [.. HardwareMetrics.All, .. ProbeMetrics.All, .. SelfMetrics.All];
    private static readonly WindowOptions Hardware = new() { Name = "machines", Metric = "hardware.*", Slide = TimeSpan.FromSeconds(2) };
    private static readonly WindowOptions Probes = new() { Name = "targets", Metric = "probe.*", By = ["target", "vantage"] };
    private static readonly WindowOptions Merged = new() { Name = "all", Metric = "probe.ttfb_seconds", By = ["vantage"] };
    private static readonly WindowOptions Own = new() { Name = "own", Metric = "pipeline.*" };

    [Fact]
    public void A_percentile_is_never_averaged_nor_added_up() => Assert.DoesNotContain(
        Queries(Made(Hardware, Probes, Merged, Own)), q => AveragedPercentile().IsMatch(q));

    [Fact]
    public void The_queries_ask_for_the_windows_of_the_configuration()
    {
        var dashboards = Made(Hardware, Probes, Merged, Own);

        Assert.Equal(["Mission Control", "Probes", "Hardware", "Pipeline"], dashboards.Select(d => d.Title));
        Assert.Equal(["targets", "machines", "own"], dashboards.SelectMany(d => d.Variables).Where(v => v.Name == "window").Select(v => v.Default));
        Assert.All(Queries(dashboards), q => Assert.Matches("\"window\" (=~ /\\^\\$window\\$/|= '(machines|targets|all|own)')", q));
    }

    [Fact]
    public void What_the_configuration_has_no_window_for_is_left_out()
    {
        var dashboards = Made(Hardware);

        Assert.Equal(["Mission Control", "Hardware"], dashboards.Select(d => d.Title));
        Assert.All(Queries(dashboards), q => Assert.DoesNotMatch("\"(probe|pipeline)\\.", q));
        Assert.DoesNotContain(dashboards.SelectMany(d => d.Rows), r => r.Panels.Count == 0);
    }

    [Fact]
    public void Further_statistics_are_shown_where_a_window_has_them()
    {
        var steady = new WindowOptions
        {
            Name = "steady", Metric = "probe.duration_seconds", By = ["target", "vantage"], Statistics = new() { Above = [2, 0.25], StandardDeviation = true },
        };
        var hourly = new WindowOptions { Name = "hourly", Of = "steady", Size = TimeSpan.FromHours(1), Statistics = new() { Baseline = TimeSpan.FromDays(7) } };
        var row = Made([.. LongWindows.Resolve([Probes, steady, hourly, Merged])]).Single(d => d.Title == "Probes").Rows.Single(r => r.Title == "Steadiness");

        Assert.Equal(["Slower than 0.25 s", "Slower than 2 s", "Spread of the whole probe", "Whole probe against earlier days"], row.Panels.Select(p => p.Title));
        Assert.All(row.Panels.SkipLast(1).SelectMany(p => p.Queries), q => Assert.Contains("\"window\" = 'steady'", q.Text));
        Assert.All(row.Panels[^1].Queries, q => Assert.Contains("\"window\" = 'hourly'", q.Text));
        Assert.DoesNotContain(Made(Probes, Merged).SelectMany(d => d.Rows), r => r.Title == "Steadiness");
    }

    [Fact]
    public void A_window_that_puts_targets_together_is_none_of_targets() =>
        Assert.DoesNotContain(Made(Merged), d => d.Title == "Probes");

    [Fact]
    public void Limits_of_the_verdict_are_the_thresholds()
    {
        var limits = new VerdictOptions { FileSystemDegraded = 0.5, FileSystemUnhealthy = 0.75 };
        var panel = Dashboards.Of(Metrics, [Hardware], limits).SelectMany(d => d.Rows).SelectMany(r => r.Panels).First(p => p.Title == "File systems");

        Assert.Equal([null, 0.5, 0.75], panel.Thresholds.Select(t => t.From));
    }

    [Fact]
    public void Every_metric_of_the_catalogue_has_a_unit_that_Grafana_knows() =>
        Assert.Subset(
            new HashSet<string> { "percentunit", "none", "short", "s", "bytes", "binBps", "celsius", "watt", "rotrpm", "pps", "iops", "cps" },
            Metrics.Select(m => GrafanaUnit.Of(m.Name, m.Unit)).ToHashSet());

    private static IReadOnlyList<Dashboard> Made(params WindowOptions[] windows) => Dashboards.Of(Metrics, windows, new VerdictOptions());

    private static IEnumerable<string> Queries(IEnumerable<Dashboard> dashboards) =>
        dashboards.SelectMany(d => d.Rows).SelectMany(r => r.Panels).SelectMany(p => p.Queries).Select(q => q.Text);

    [GeneratedRegex("(mean|sum|median)\\(\"p[0-9]")]
    private static partial Regex AveragedPercentile();
}
