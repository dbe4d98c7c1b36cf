using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class VerdictTests
{
    private const long Now = 1_000_000_000;

    private static readonly VerdictOptions Options = new();

    [Fact]
    public void Without_data_nothing_is_known()
    {
        var verdict = Of();
        Assert.Equal(Health.Unknown, verdict.Health);
        Assert.Null(verdict.DataAgeSeconds);
        Assert.Equal([new VerdictReason(Health.Unknown, "data", "There is no data yet.")], verdict.Reasons);
    }

    [Fact]
    public void Fresh_and_sound_is_healthy_and_has_no_reasons()
    {
        var verdict = Of(Probe("a", 1), Hardware("hardware.memory_utilization_ratio", 0.5), Hardware("hardware.filesystem_utilization_ratio", 0.89));
        Assert.Equal(Health.Healthy, verdict.Health);
        Assert.Empty(verdict.Reasons);
        Assert.Equal(2, verdict.DataAgeSeconds);
    }

    [Theory]
    [InlineData(60, Health.Unhealthy)]
    [InlineData(61, Health.Unknown)]
    public void When_everything_is_older_than_a_minute_nothing_is_known(int age, Health expected)
    {
        var verdict = Of(Probe("a", 0, age: age), Hardware("hardware.memory_utilization_ratio", 1, age: age));
        Assert.Equal(expected, verdict.Health);
        Assert.Equal(age, verdict.DataAgeSeconds);
        if (expected == Health.Unknown) Assert.Equal("The newest data is 61 s old.", Assert.Single(verdict.Reasons).Text);
    }

    [Fact]
    public void Windows_that_close_every_ten_minutes_may_be_ten_minutes_old() =>
        Assert.Equal(Health.Healthy, Of(Probe("a", 1, age: 600, size: 600)).Health);

    [Theory]
    [InlineData(1, Health.Healthy)]
    [InlineData(0.99, Health.Degraded)]
    [InlineData(0.5, Health.Degraded)]
    [InlineData(0.49, Health.Unhealthy)]
    [InlineData(0, Health.Unhealthy)]
    public void Target_seen_from_one_place_is_as_good_as_its_probes(double ratio, Health expected) => Assert.Equal(expected, Of(Probe("a", ratio)).Health);

    [Fact]
    public void Target_that_fails_from_one_of_several_places_is_degraded_and_from_all_is_unhealthy()
    {
        var one = Assert.Single(Of(Probe("a", 1), Probe("b", 1.0 / 6), Probe("c", 1)).Reasons);
        Assert.Equal(new VerdictReason(Health.Degraded, "target site", "1 of 6 probes succeeded from b; 1 of 3 vantages fail."), one);
        Assert.Equal(Health.Unhealthy, Of(Probe("a", 0), Probe("b", 0.4)).Health);
    }

    [Fact]
    public void Probes_are_judged_by_the_shortest_window() =>
        Assert.Equal(Health.Healthy, Of(Probe("a", 1, size: 60), Probe("a", 0.2, size: 3600)).Health);

    [Theory]
    [InlineData("hardware.filesystem_utilization_ratio", 0.9, Health.Degraded, "File system /data is 90 % full.")]
    [InlineData("hardware.filesystem_utilization_ratio", 0.97, Health.Unhealthy, "File system /data is 97 % full.")]
    [InlineData("hardware.memory_utilization_ratio", 0.96, Health.Degraded, "Memory is 96 % full.")]
    [InlineData("hardware.memory_pressure_some_ratio", 0.2, Health.Degraded, "Some task waits for memory 20 % of the time.")]
    [InlineData("hardware.cpu_pressure_some_ratio", 0.625, Health.Degraded, "Some task waits for a core 62.5 % of the time.")]
    public void Machine_that_runs_out_of_something_is_named(string metric, double value, Health expected, string text) =>
        Assert.Equal([new VerdictReason(expected, "host h", text)], Of(Hardware(metric, value)).Reasons);

    [Fact]
    public void Series_that_falls_silent_is_named_once_its_window_and_half_a_minute_have_passed()
    {
        Assert.Equal(Health.Healthy, Of(Probe("a", 1), Hardware("hardware.power_watts", 1, age: 40)).Health);
        var verdict = Of(Probe("a", 1), Hardware("hardware.power_watts", 1, age: 41));
        Assert.Equal([new VerdictReason(Health.Degraded, "host h", "Nothing for 41 s from hardware.power_watts{host=h,mountpoint=/data}.")], verdict.Reasons);
    }

    [Fact]
    public void Host_that_falls_silent_is_one_reason()
    {
        var silent = Enumerable.Range(0, 100).Select(i => Hardware($"hardware.m{i:00}", 1, age: 300 + i));
        var reason = Assert.Single(Of([Probe("a", 1), .. silent]).Reasons);
        Assert.Equal("Nothing for 300 s from hardware.m00{host=h,mountpoint=/data}, nor for longer from 99 more series.", reason.Text);
    }

    [Fact]
    public void Series_that_another_window_still_hears_is_not_silent() =>
        Assert.Equal(Health.Healthy, Of(Probe("a", 1), Probe("a", 1, age: 500) with { Window = "gone" }).Health);

    [Fact]
    public void What_a_silent_series_said_last_is_no_reason() =>
        Assert.DoesNotContain(Of(Probe("a", 1), Probe("b", 0, age: 500)).Reasons, r => r.Text.Contains("succeeded", StringComparison.Ordinal));

    [Fact]
    public void Values_unaccounted_for_and_stages_behind_are_reasons()
    {
        var input = new VerdictInput(Now, [Probe("a", 1)],
            [new StageLag("windows", 1, 500, 75.4), new StageLag("windows", 0, 5, 60)],
            [LedgerEntry.Zero("stage windows") with { In = 5, Out = 2 }, LedgerEntry.Zero("sink live")]);
        var verdict = Verdict.Of(input, Options);
        Assert.Equal(Health.Degraded, verdict.Health);
        Assert.Equal(["ledger: 3 values unaccounted for in stage windows.", "stage windows/1: 75 s and 500 records behind its input."],
            verdict.Reasons.Select(r => $"{r.About}: {r.Text}"));
    }

    [Fact]
    public void Reasons_are_bounded_and_the_rest_is_counted()
    {
        var verdict = Of([.. Enumerable.Range(0, 50).Select(i => Probe("a", i < 5 ? 0 : 0.9, target: $"t{i:00}"))]);
        Assert.Equal(21, verdict.Reasons.Count);
        Assert.Equal(["target t00", "target t01", "target t02", "target t03", "target t04"], verdict.Reasons.Take(5).Select(r => r.About));
        Assert.Equal(new VerdictReason(Health.Degraded, "verdict", "and 30 more"), verdict.Reasons[^1]);
        Assert.True(Of(Probe("a", 0, target: new string('x', 100_000))).Reasons[0].About.Length < 400);
    }

    [Fact]
    public void Of_windows_of_a_size_the_newest_counts()
    {
        foreach (var order in (int[][])[[0, 1], [1, 0]])
        {
            SeriesReading[] probes = [Probe("a", 0, age: 20), Probe("a", 1, age: 2)];
            SeriesReading[] disks = [Hardware("hardware.filesystem_utilization_ratio", 1, age: 20), Hardware("hardware.filesystem_utilization_ratio", 0.1)];
            Assert.Equal(Health.Healthy, Of([.. order.Select(i => probes[i]), .. order.Select(i => disks[i])]).Health);
        }
        var hour = Hardware("hardware.memory_utilization_ratio", 1) with { Start = Now - 3_602_000 };
        Assert.Equal(Health.Healthy, Of(hour, Hardware("hardware.memory_utilization_ratio", 0.1)).Health);
    }

    [Fact]
    public void Target_that_is_seen_from_one_place_is_not_counted_by_places() =>
        Assert.Equal("3 of 6 probes succeeded from a.", Assert.Single(Of(Probe("a", 0.5)).Reasons).Text);

    [Fact]
    public void Of_places_that_fail_alike_the_first_by_name_is_told() =>
        Assert.Equal("0 of 6 probes succeeded from a; 2 of 2 vantages fail.", Assert.Single(Of(Probe("b", 0), Probe("a", 0)).Reasons).Text);

    [Fact]
    public void Target_at_both_bounds_is_healthy()
    {
        var options = new VerdictOptions { ProbeDegradedBelow = 0.5, ProbeUnhealthyBelow = 0.5 };
        Assert.Equal(Health.Healthy, Verdict.Of(new VerdictInput(Now, [Probe("a", 0.5)], [], []), options).Health);
        Assert.Equal(Health.Unhealthy, Verdict.Of(new VerdictInput(Now, [Probe("a", 0.49)], [], []), options).Health);
    }

    [Fact]
    public void What_is_silent_is_told_of_by_its_newest_window_and_by_the_first_name()
    {
        var silent = new[] { Hardware("hardware.b", 1, age: 300), Hardware("hardware.b", 1, age: 200), Hardware("hardware.a", 1, age: 200) };
        Assert.Equal("Nothing for 200 s from hardware.a{host=h,mountpoint=/data}, nor for longer from 1 more series.", Assert.Single(Of([Probe("a", 1), .. silent]).Reasons).Text);
        Assert.Equal("Nothing for 200 s from hardware.b{host=h,mountpoint=/data}.", Assert.Single(Of([Probe("a", 1), .. silent[..2]]).Reasons).Text);
    }

    [Theory]
    [InlineData("", "series")]
    [InlineData("region=eu", "region=eu")]
    [InlineData("host=h,region=eu", "host h")]
    [InlineData("host=h,target=t", "target t")]
    public void Series_is_called_by_what_it_is_measured_on(string labels, string about)
    {
        var set = LabelSet.Of([.. labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).Select(l => (l[0], l[1]))]);
        Assert.Equal(about, Assert.Single(Of(Reading("hardware.cpu_pressure_some_ratio", set, 1, 2, 10)).Reasons).About);
    }

    [Fact]
    public void Reasons_of_all_kinds_come_together_and_the_age_is_that_of_the_newest_data()
    {
        var input = new VerdictInput(Now, [Probe("a", 0, age: 5), Hardware("hardware.memory_utilization_ratio", 1, age: 3)], [new StageLag("windows", 0, 5, 70)], [])
        {
            Others = [new VerdictReason(Health.Degraded, "configuration", "It waits.")],
        };
        var verdict = Verdict.Of(input, Options);
        Assert.Equal(["target site", "configuration", "host h", "stage windows/0"], verdict.Reasons.Select(r => r.About));
        Assert.Equal(3, verdict.DataAgeSeconds);
        Assert.Equal("data", Assert.Single(Of(Probe("a", 1, age: 500)).Reasons).About);
    }

    [Fact]
    public void As_many_reasons_as_are_given_leave_none_to_be_counted_and_long_texts_are_cut_visibly()
    {
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"target t{i:00}"), Of([.. Enumerable.Range(0, 20).Select(i => Probe("a", 0, target: $"t{i:00}"))]).Reasons.Select(r => r.About));
        Assert.Equal("target " + new string('x', 293), Of(Probe("a", 0, target: new string('x', 293))).Reasons[0].About);
        Assert.Equal("target " + new string('x', 293) + "\u2026", Of(Probe("a", 0, target: new string('x', 294))).Reasons[0].About);
    }

    [Fact]
    public void Order_of_the_series_changes_nothing()
    {
        var series = from target in Gen.Choose(0, 4)
                     from vantage in Gen.Elements("a", "b")
                     from ratio in Gen.Elements(0, 0.3, 0.7, 1)
                     from age in Gen.Elements(2, 30, 200)
                     from host in Gen.Elements(true, false)
                     select host ? Hardware("hardware.memory_utilization_ratio", ratio, age) : Probe(vantage, ratio, age, target: $"t{target}");
        Prop.ForAll(series.ArrayOf().ToArbitrary(), readings =>
        {
            var distinct = readings.DistinctBy(r => (r.Metric, r.Labels)).ToArray();
            var (a, b) = (Of(distinct), Of([.. distinct.Reverse()]));
            return a.Health == b.Health && a.Reasons.SequenceEqual(b.Reasons) && a.Health == a.Reasons.Select(r => r.Severity).Append(Health.Healthy).Max();
        }).QuickCheckThrowOnFailure();
    }

    private static Verdict Of(params SeriesReading[] newest) => Verdict.Of(new VerdictInput(Now, newest, [], []), Options);

    private static SeriesReading Probe(string vantage, double ratio, int age = 2, int size = 60, string target = "site") =>
        Reading("probe.success_ratio", LabelSet.Of(("target", target), ("vantage", vantage)), ratio, age, size);

    private static SeriesReading Hardware(string metric, double value, int age = 2) =>
        Reading(metric, LabelSet.Of(("host", "h"), ("mountpoint", "/data")), value, age, 10);

    private static SeriesReading Reading(string metric, LabelSet labels, double mean, int age, int size)
    {
        var end = Now - age * 1000;
        return new SeriesReading("w", metric, labels, end - size * 1000, end, 6, mean);
    }
}
