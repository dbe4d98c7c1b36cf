using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

public sealed class WindowTests
{
    private static readonly WindowOptions Ten = Window(10);

    [Fact]
    public void Nothing_is_published_before_the_watermark_reaches_the_end()
    {
        var windows = new WindowDriver(Ten).Sample(0).Sample(9_999);
        Assert.Empty(windows.Advance(9_999));
        var result = Assert.Single(windows.Advance(10_000));
        Assert.Equal((0, 10_000, 1, 2L), (result.Start, result.End, result.Revision, result.Count));
        Assert.Empty(windows.Advance(19_999));
    }

    [Fact]
    public void Sample_on_a_border_belongs_to_the_later_window()
    {
        var windows = new WindowDriver(Ten).Sample(10_000);
        Assert.Empty(windows.Advance(10_000));
        Assert.Equal(20_000, Assert.Single(windows.Advance(20_000)).End);
    }

    [Fact]
    public void Result_says_all_there_is_to_say()
    {
        var windows = new WindowDriver(Ten with { Quantiles = [0.5] }).Sample(3000, 7).Sample(1000, 2).Sample(5000, -3);
        var r = Assert.Single(windows.Advance(10_000));
        Assert.Equal((3L, 6.0, -3.0, 7.0, 2.0), (r.Count, r.Sum, r.Min, r.Max, r.Mean));
        Assert.Equal((2.0, 1000L, -3.0, 5000L, -1.25), (r.First, r.FirstTime, r.Last, r.LastTime, r.Rate));
        Assert.Equal(2, r.Quantiles["0.5"]);
    }

    [Theory]
    [InlineData(6000, 2000)]
    [InlineData(5000, 2000)] // the size is no multiple of the slide
    [InlineData(7000, 3000)]
    [InlineData(1500, 400)]
    public void Hopping_windows_hold_exactly_the_samples_of_their_time(int size, int slide)
    {
        var options = Ten with { Size = TimeSpan.FromMilliseconds(size), Slide = TimeSpan.FromMilliseconds(slide) };
        var windows = new WindowDriver(options);
        var times = Enumerable.Range(0, 300).Select(i => i * 97L % 30_000).ToList();
        foreach (var time in times) windows.Sample(time);
        foreach (var r in windows.Advance(60_000))
            Assert.Equal((times.LongCount(t => t >= r.Start && t < r.End), 0L, (long)size), (r.Count, r.Start % slide, r.End - r.Start));
        var starts = Enumerable.Range(0, 200) // none begins before 1970
            .Select(i => (long)i * slide).Where(s => times.Any(t => t >= s && t < s + size));
        Assert.Equal(starts, windows.Results.Select(r => r.Start));
    }

    [Fact]
    public void Windows_close_in_the_order_of_their_ends_and_groups_in_the_order_of_their_names()
    {
        var windows = new WindowDriver(Ten);
        windows.Sample(12_000, labels: "host=a").Sample(2000, labels: "host=c").Sample(1000, labels: "host=b").Sample(13_000, labels: "host=c");
        Assert.Equal([(10_000, "b"), (10_000, "c"), (20_000, "a"), (20_000, "c")], windows.Advance(20_000).Select(r => (r.End, r.Labels["host"])));
    }

    [Fact]
    public void Windows_of_one_instant_come_in_the_order_of_the_configuration()
    {
        var windows = new WindowDriver(Ten with { Name = "z" }, Ten with { Name = "a" }).Sample(0);
        Assert.Equal(["z", "a"], windows.Advance(10_000).Select(r => r.Window));
    }

    [Fact]
    public void Watermark_that_jumps_a_day_publishes_only_windows_with_samples()
    {
        const long day = 86_400_000;
        var windows = new WindowDriver(Ten with { Size = TimeSpan.FromSeconds(1), Slide = TimeSpan.FromMilliseconds(100) });
        windows.Sample(500).Sample(day / 2).Advance(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(6 + 10, windows.Advance(day).Count(r => r.Count == 1));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000, "The windows in between were visited.");
    }

    [Fact]
    public void Metric_is_met_by_its_name_or_by_a_pattern()
    {
        var windows = new WindowDriver(Ten with { Name = "one" }, Ten with { Name = "kind", Metric = "load.*" }, Ten with { Name = "every", Metric = "*" });
        windows.Sample(0, metric: "load.value").Sample(0, metric: "load.other").Sample(0, metric: "loads.value").Sample(0, metric: "LOAD.value");
        Assert.Equal(
            ["every LOAD.value", "every load.other", "every load.value", "every loads.value", "kind load.other", "kind load.value", "one load.value"],
            windows.Advance(10_000).Select(r => $"{r.Window} {r.Metric}").Order(StringComparer.Ordinal));
        Assert.Equal([("window every", 4L), ("window kind", 2L), ("window one", 1L)], windows.Books.Select(b => (b.Name, b.In)));
    }

    [Fact]
    public void Sample_without_a_label_of_the_group_or_outside_the_condition_is_counted_as_filtered()
    {
        var windows = new WindowDriver(Ten with { By = ["host"], Where = new Dictionary<string, string> { ["region"] = "eu" } });
        windows.Sample(0, labels: "host=a,region=eu").Sample(1, labels: "host=a,region=us").Sample(2, labels: "host=a").Sample(3, labels: "region=eu").Sample(4, labels: "host=a,region=eu,disk=1");
        var result = Assert.Single(windows.Advance(10_000));
        Assert.Equal(("host=a", 2L), (result.Labels.ToString(), result.Count));
        Assert.Equal((5L, 3L, 0L), (windows.Books[0].In, windows.Books[0].Filtered, windows.Books[0].Difference));
    }

    [Fact]
    public void Sums_that_overflow_and_extreme_values_stay_numbers_that_JSON_can_write()
    {
        var windows = new WindowDriver(Ten with { Slide = TimeSpan.FromSeconds(5) });
        foreach (var value in new[] { double.MaxValue, double.MaxValue, double.MaxValue }) windows.Sample(1000, value, "host=up");
        foreach (var value in new[] { double.MinValue, double.MinValue }) windows.Sample(1000, value, "host=down").Sample(6000, value, "host=down");
        windows.Sample(1000, double.MinValue, "host=steep").Sample(1001, double.MaxValue, "host=steep");
        windows.Sample(1000, double.Epsilon, "host=small").Sample(1001, -double.Epsilon, "host=small").Sample(1002, -0.0, "host=small");
        windows.Advance(20_000);
        Assert.Equal(5, windows.Results.Count);
        Assert.Equal(6, windows.Written.Count); // writing throws where there is an infinity
        Assert.All(windows.Results.Where(r => r.Labels["host"] == "up"), r => Assert.Equal((double.MaxValue, double.MaxValue), (r.Sum, r.Max)));
        Assert.All(windows.Results.Where(r => r.Labels["host"] == "steep"), r => Assert.Equal(double.MaxValue, r.Rate));
    }

    [Fact]
    public void Window_that_was_added_later_begins_after_everything_seen()
    {
        var before = new WindowDriver(Ten).Sample(13_000);
        before.Advance(14_000);
        var progress = new Contracts.Progress("windows", 0, before.Rewind.Offset, before.Rewind.Watermark, 1, -1, before.Rewind.MaxTime, before.Rewind.Since);
        var after = new WindowDriver(progress, Ten, Ten with { Name = "added", Slide = TimeSpan.FromSeconds(5) });
        after.Sample(13_000).Sample(16_000).Sample(21_000).Advance(14_000);
        Assert.Equal([(20_000, "w"), (30_000, "w"), (25_000, "added"), (30_000, "added")], after.Advance(30_000).Select(r => (r.End, r.Window)));
        Assert.Equal(15_000, after.Rewind.Since.Single(s => s.Key.Contains("\"added\"", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void Group_that_only_an_unpublished_window_held_is_in_no_later_one()
    {
        var progress = new Contracts.Progress("windows", 0, 0, Watermark.None, 0, -1, 13_000, new Dictionary<string, long>());
        var windows = new WindowDriver(progress, Ten);
        windows.Sample(13_000, labels: "host=a").Sample(23_000, labels: "host=b").Advance(20_000);
        Assert.Empty(windows.Results);
        Assert.Equal(["host=b"], windows.Advance(30_000).Select(r => r.Labels.ToString()));
    }

    [Fact]
    public void What_a_rebuilt_window_took_before_the_watermark_moved_is_rebuilt_again()
    {
        var id = new WindowDefinition(Window(10)).Id;
        var progress = new Contracts.Progress("windows", 0, 2, new(5000, []), 1, -1, 6000, new Dictionary<string, long> { [id] = 0 })
        {
            Rebuilds = new Dictionary<string, Contracts.Rebuild> { [id] = new(0, 1) },
        };
        var driver = new WindowDriver(progress, Window(10)) { From = 2 };
        driver.Sample(12_000).Advance(5500);
        Assert.Equal((2, 5000, true), (driver.Rewind.Offset, driver.Rewind.Watermark.Time, driver.Rewind.Rebuilds?.ContainsKey(id)));

        driver.Sample(31_000).Advance(30_000);
        Assert.Equal((4, 5500, null), (driver.Rewind.Offset, driver.Rewind.Watermark.Time, driver.Rewind.Rebuilds?.ContainsKey(id)));
    }

    internal static WindowOptions Window(int seconds, int slide = 0, int lateness = 2) => new()
    {
        Name = "w", Metric = "load.value", Size = TimeSpan.FromSeconds(seconds), Slide = slide == 0 ? null : TimeSpan.FromSeconds(slide), Lateness = TimeSpan.FromSeconds(lateness),
    };
}
