using Pipeline.Testing;
using static Pipeline.Processing.Tests.WindowTests;

namespace Pipeline.Processing.Tests;

public sealed class LateSampleTests
{
    [Fact]
    public void Late_sample_is_counted_and_names_the_windows_it_missed()
    {
        var windows = new WindowDriver(Window(6, slide: 2));
        windows.Sample(20_000).Advance(9000); // final are the windows that end at 6 s and before
        windows.Sample(1500, 7);
        var late = Assert.Single(windows.Late);
        Assert.Equal(("w", "load.value", "host=a", 1500L, 7.0, 9000L), (late.Window, late.Metric, late.Labels.ToString(), late.Time, late.Value, late.Watermark));
        Assert.Equal([2000, 4000, 6000], late.MissedEnds);
        Assert.Equal((2L, 1L, 1L, 0L), (windows.Books[0].In, windows.Books[0].Late, windows.Books[0].Held, windows.Books[0].Difference));
    }

    [Fact]
    public void Late_samples_of_one_batch_come_in_the_order_of_their_causes_and_of_the_configuration()
    {
        var windows = new WindowDriver(Window(2) with { Name = "z" }, Window(1) with { Name = "a" });
        windows.Advance(9000);
        windows.BatchSize = 3;
        windows.Sample(1500).Sample(9500).Sample(2500);
        Assert.Equal(["1500 z", "1500 a", "2500 z", "2500 a"], windows.Late.Select(l => $"{l.Time} {l.Window}"));
    }

    [Fact]
    public void Sample_that_missed_some_of_its_windows_counts_in_the_others()
    {
        var windows = new WindowDriver(Window(6, slide: 2));
        windows.Advance(9000);
        windows.Sample(5500, 7);
        Assert.Equal([6000], Assert.Single(windows.Late).MissedEnds);
        Assert.Equal([(8000, 1, 1L), (10_000, 1, 1L)], windows.Advance(10_500).Select(r => (r.End, r.Revision, r.Count)));
        Assert.Equal((0L, 1L), (windows.Books[0].Late, windows.Books[0].Held));
    }

    [Fact]
    public void Late_sample_within_the_lateness_republishes_at_the_next_watermark_with_a_higher_revision()
    {
        var windows = new WindowDriver(Window(10)).Sample(1000, 1);
        windows.Advance(10_000);
        windows.Sample(2000, 5).Sample(3000, 6);
        Assert.Single(windows.Results);
        Assert.Empty(windows.Advance(10_000)); // it has not advanced
        var corrected = Assert.Single(windows.Advance(10_001));
        Assert.Equal((2, 3L, 12.0), (corrected.Revision, corrected.Count, corrected.Sum));
        windows.Sample(4000, 1);
        Assert.Equal((3, 4L), Assert.Single(windows.Advance(11_999)) is var r ? (r.Revision, r.Count) : default);
        Assert.Empty(windows.Late);
    }

    [Fact]
    public void Late_sample_that_the_last_moment_takes_is_published_even_though_the_window_then_is_final()
    {
        var windows = new WindowDriver(Window(10)).Sample(1000);
        windows.Advance(11_999);
        windows.Sample(2000);
        Assert.Equal(2, Assert.Single(windows.Advance(50_000)).Revision);
        windows.Sample(2000);
        Assert.Single(windows.Late);
    }

    [Fact]
    public void Correction_of_a_group_that_had_no_result_is_its_first_revision()
    {
        var windows = new WindowDriver(Window(10)).Sample(1000, labels: "host=a");
        windows.Advance(10_000);
        windows.Sample(2000, labels: "host=b");
        Assert.Equal([("b", 1)], windows.Advance(10_001).Select(r => (r.Labels["host"]!, r.Revision)));
        windows.Sample(3000, labels: "host=b").Sample(3000, labels: "host=a");
        Assert.Equal([("b", 2), ("a", 2)], windows.Advance(10_002).Select(r => (r.Labels["host"]!, r.Revision)));
    }

    [Fact]
    public void Corrections_come_in_the_order_of_the_ends_and_before_new_windows()
    {
        var windows = new WindowDriver(Window(4, slide: 2, lateness: 10)).Sample(7000);
        windows.Advance(8000);
        windows.Sample(5000).Sample(1000);
        Assert.Equal([(4000, 1), (6000, 1), (8000, 2), (10_000, 1)], windows.Advance(10_000).Select(r => (r.End, r.Revision)));
    }

    [Fact]
    public void Late_sample_beyond_the_groups_corrects_those_that_are_put_together()
    {
        var windows = new WindowDriver(Window(10) with { MaxGroups = 1 }).Sample(1000, labels: "host=a");
        windows.Advance(10_000);
        windows.Sample(2000, labels: "host=b");
        Assert.Equal("overflow=node", Assert.Single(windows.Advance(10_001)).Labels.ToString());
        Assert.Equal((2L, 0L), (windows.Books[0].Held, windows.Books[0].Difference));
    }

    [Fact]
    public void Late_sample_beyond_the_groups_of_its_slice_leaves_the_result_of_the_others_alone()
    {
        var windows = new WindowDriver(Window(4, slide: 2, lateness: 10) with { MaxGroups = 1 }).Sample(1000, labels: "host=a").Sample(3000, labels: "host=b");
        windows.Advance(4000);
        windows.Sample(1500, labels: "host=b");
        Assert.Equal("overflow=node", Assert.Single(windows.Advance(4001)).Labels.ToString());
    }
}
