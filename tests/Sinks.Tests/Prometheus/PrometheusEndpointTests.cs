using System.Text.RegularExpressions;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Tests;

public sealed partial class PrometheusEndpointTests : IAsyncLifetime
{
    private readonly LiveServer _server = new();

    [Fact]
    public async Task Newest_window_of_every_series_is_shown_as_gauges()
    {
        _server.Model.Apply(Some.Result(end: Some.Now - 1, mean: 99));
        _server.Model.Apply(Some.Result() with { Quantiles = new Dictionary<string, double> { ["0.5"] = 1, ["0.95"] = 2, ["0.999"] = 3e-9 } });
        var expected = """
            # HELP load_value How busy. Unit: 1.
            # TYPE load_value gauge
            load_value{host="a",window="load",stat="mean"} 1.5
            load_value{host="a",window="load",stat="min"} 0.5
            load_value{host="a",window="load",stat="max"} 2.5
            load_value{host="a",window="load",stat="p50"} 1
            load_value{host="a",window="load",stat="p95"} 2
            load_value{host="a",window="load",stat="p99.9"} 3E-09
            load_value{host="a",window="load",stat="count"} 4

            """;
        Assert.EndsWith(expected, await Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_only_some_windows_ask_for_are_gauges_too_each_in_a_family_of_its_unit()
    {
        _server.Model.Apply(Some.Result(host: "b"));
        _server.Model.Apply(WithFurther(Some.Result()) with { Labels = LabelSet.Of(("host", "a"), ("threshold", "x")) });
        var expected = """
            load_value{host="a",threshold="x",window="load",stat="count"} 4
            load_value{host="a",threshold="x",window="load",stat="standard_deviation"} 0.25
            load_value{host="a",threshold="x",window="load",stat="increase"} 30
            load_value{host="a",threshold="x",window="load",stat="ewma"} 1.75
            load_value{host="a",threshold="x",window="load",stat="baseline"} 2
            load_value{host="b",window="load",stat="mean"} 1.5
            load_value{host="b",window="load",stat="min"} 0.5
            load_value{host="b",window="load",stat="max"} 2.5
            load_value{host="b",window="load",stat="p50"} 1.5
            load_value{host="b",window="load",stat="p95"} 2.5
            load_value{host="b",window="load",stat="count"} 4
            # HELP load_value_increase_per_second Rise of counters, per second of the window, of load_value.
            # TYPE load_value_increase_per_second gauge
            load_value_increase_per_second{host="a",threshold="x",window="load"} 3
            # HELP load_value_above_ratio Share of the samples above the threshold, of load_value.
            # TYPE load_value_above_ratio gauge
            load_value_above_ratio{host="a",threshold_="x",window="load",threshold="-1"} 1
            load_value_above_ratio{host="a",threshold_="x",window="load",threshold="1.5"} 0.25
            # HELP load_value_change_ratio How far the mean lies above that of earlier days, as a share of it, of load_value.
            # TYPE load_value_change_ratio gauge
            load_value_change_ratio{host="a",threshold="x",window="load"} -0.25
            # HELP load_value_distinct Different texts, under the label that the window names, of load_value.
            # TYPE load_value_distinct gauge
            load_value_distinct{host="a",threshold="x",window="load"} 7

            """;
        Assert.EndsWith(expected, await Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_shows_itself()
    {
        var text = await Scrape();
        Assert.All((string[])
            ["""pipeline_records_total{topic="observations",partition="1"} 0""", """pipeline_log_bytes{topic="observations",partition="0"} 1234""",
             """pipeline_ledger_total{stream="stage windows",column="in"} 5""", """pipeline_ledger_held{stream="stage windows"} 2""", """pipeline_ledger_pooled_total{stream="stage windows"} 0""",
             """pipeline_stage_lag_records{stage="windows",partition="0"} 3""", """pipeline_stage_lag_seconds{stage="windows",partition="0"} 1.5""",
             "pipeline_live_series 0", "pipeline_live_points 0", """pipeline_live_evicted_total{bound="age"} 0""",
             """pipeline_info{version="0.1.0",node="node-1"} 1""", "process_start_time_seconds 1767225540"],
            line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
        Assert.Matches("process_resident_memory_bytes [1-9][0-9]+\n", text);
        Assert.Matches(@"process_cpu_seconds_total [0-9.E-]+\n", text);
    }

    [Fact]
    public async Task Content_type_is_that_of_the_text_format()
    {
        using var response = await _server.Client.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Hostile_names_and_texts_are_made_harmless()
    {
        AddHostile();
        var text = await Scrape();
        Assert.Contains("""evil_name__x{label__name__="1",a_b="3",a_b_="2",host="a\"}\\\n# HELP x y é",stat_="4",window_="5",window="w\"",stat="mean"} 1.5""" + "\n", text, StringComparison.Ordinal);
        Assert.Single(FamilyLine().Matches(text), m => m.Groups[1].Value == "evil_name__x");
        Assert.Single(FamilyLine().Matches(text), m => m.Groups[1].Value == "pipeline_info");
        Assert.Contains("_9_lives{", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_format_cannot_hold_apart_is_counted()
    {
        _server.Model.Apply(Some.Result("a.b"));
        _server.Model.Apply(Some.Result("a_b"));
        _server.Model.Apply(Some.Result("c") with { Labels = LabelSet.Of(("x.y", "1")) });
        _server.Model.Apply(Some.Result("c") with { Labels = LabelSet.Of(("x-y", "1")) });
        await Scrape();
        Assert.Contains("pipeline_exposition_left_out_total 12\n", await Scrape(), StringComparison.Ordinal);
    }

    [PromtoolFact]
    public async Task Promtool_accepts_it()
    {
        _server.Model.Apply(Some.Result());
        _server.Model.Apply(WithFurther(Some.Result("hardware.cpu_utilization_ratio", window: "hardware")));
        AddHostile();
        var (code, output) = await Promtool.CheckAsync(await Scrape());
        Assert.True(code is 0 or 3, output); // 3: it could be read, and names of ours could be nicer
        Assert.DoesNotContain(output.Split('\n'), line => line.StartsWith("pipeline_", StringComparison.Ordinal) || line.StartsWith("process_", StringComparison.Ordinal));
        Assert.NotEqual(0, (await Promtool.CheckAsync("x{a=\"1\"} 1\nx{a=\"1\" 1\n")).Code);
    }

    public Task InitializeAsync() => _server.InitializeAsync();
    public Task DisposeAsync() => _server.DisposeAsync();

    private void AddHostile()
    {
        var labels = LabelSet.Of(("host", "a\"}\\\n# HELP x y é"), ("a.b", "2"), ("a-b", "3"), ("__name__", "1"), ("stat", "4"), ("window", "5"));
        _server.Model.Apply(Some.Result("evil name\n.x", window: "w\"") with { Labels = labels });
        _server.Model.Apply(Some.Result("pipeline.info"));
        _server.Model.Apply(Some.Result("9.lives") with { Labels = LabelSet.Of(("", "x"), ("\ud800", "\ud800")) });
        _server.Model.Apply(Some.Result("x") with { Quantiles = new Dictionary<string, double> { ["\"}\n"] = 1 } });
    }

    private static WindowResult WithFurther(WindowResult result) => result with
    {
        StandardDeviation = 0.25, Increase = 30, IncreaseRate = 3, Above = new Dictionary<string, double> { ["-1"] = 1, ["1.5"] = 0.25 }, Distinct = 7, Ewma = 1.75,
        Baseline = 2, Change = -0.25, BaselineDays = 3,
    };

    private async Task<string> Scrape() => await _server.Client.GetStringAsync("/metrics");

    [GeneratedRegex("^# TYPE ([^ ]+) ", RegexOptions.Multiline)]
    private static partial Regex FamilyLine();
}
