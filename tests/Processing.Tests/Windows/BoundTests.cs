using System.Runtime.CompilerServices;
using Pipeline.Contracts;
using Pipeline.Testing;
using static Pipeline.Processing.Tests.WindowTests;

namespace Pipeline.Processing.Tests;

public sealed class BoundTests
{
    [Fact]
    public void Groups_beyond_the_bound_are_put_together_and_the_others_go_on()
    {
        var windows = new WindowDriver(Window(10) with { MaxGroups = 2 });
        foreach (var host in new[] { "a", "b", "c", "a", "d", "c" }) windows.Sample(1000, labels: "host=" + host);
        windows.Sample(11_000, labels: "host=c"); // the next window has room again
        Assert.Equal(["host=a 2", "host=b 1", "overflow=node 3"], windows.Advance(10_000).Select(r => $"{r.Labels} {r.Count}"));
        Assert.Equal((7L, 7L, 0L, 3L), (windows.Books[0].In, windows.Books[0].Held, windows.Books[0].Difference, windows.Books[0].Pooled));
        Assert.Equal("c", Assert.Single(windows.Advance(20_000)).Labels["host"]);
    }

    [Fact]
    public void Samples_that_sessions_and_sliding_windows_put_together_are_counted()
    {
        foreach (var window in new[] { Window(10) with { Kind = WindowKind.Session, Gap = TimeSpan.FromSeconds(2) }, Window(10) with { Kind = WindowKind.Sliding } })
        {
            var windows = new WindowDriver(window with { MaxGroups = 1 });
            foreach (var host in new[] { "a", "b", "c", "a", "b" }) windows.Sample(1000, labels: "host=" + host);
            Assert.Equal((0, 3L), (windows.Advance(500).Count, windows.Books[0].Pooled));
        }
    }

    [Fact]
    public void Overflow_of_windows_that_are_merged_has_one_name_in_every_partition()
    {
        var windows = new WindowDriver(null, spansPartitions: true, Window(10) with { MaxGroups = 1 }).Sample(1000, labels: "host=a").Sample(1000, labels: "host=b");
        Assert.Equal(["host=a", "overflow=true"], windows.Advance(10_000).Select(r => r.Labels.ToString()));
    }

    [Fact]
    public void Groups_and_slices_are_let_go_of_when_they_are_final()
    {
        var windows = new WindowDriver(Window(10));
        var series = Pass(windows);
        windows.Sample(15_000, labels: "host=later").Sample(25_000, labels: "host=later").Advance(30_000);
        windows.Advance(30_001); // what is idle goes when the next batch begins
        windows.Outputs.Clear();
        windows.ForgetSeries();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(series.IsAlive);
        Assert.Equal((102L, 101L, 1L), (windows.Books[0].In, windows.Books[0].Out, windows.Books[0].Held));
        GC.KeepAlive(windows);
    }

    [Fact]
    public void A_million_series_over_time_leave_nothing_behind()
    {
        var plan = new WindowPlan(new WindowDefinition(Window(10, slide: 5)), SpansPartitions: false);
        var windows = new SlicedWindows(plan, new WindowStart(Watermark.None, 0, 0), "windows-0", new LedgerAccount("w"));
        var output = new SignalBatch();
        var series = new SeriesTable();
        for (var i = 0; i < Tries.Of(1_000_000); i++)
        {
            var number = series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", $"h{i}"))));
            windows.Meet(series, isNew: number == 0);
            windows.Add([new Sample(i, i, 1, number)], output);
            if (i % 1000 != 0) continue;
            output.Begin(i);
            windows.Begin();
            windows.Advance(new Signal(SignalKind.Watermark, i, i, i, null), new WatermarkRecord(i, []), output);
            series.Clear();
            Assert.True(windows.LiveGroups <= 30_000, $"{windows.LiveGroups} groups are held after {i} series.");
        }
        windows.Advance(default, new WatermarkRecord(2_000_000, []), output);
        windows.Begin();
        Assert.Equal(0, windows.LiveGroups);
        Assert.Null(windows.Earliest);
    }

    [Fact]
    public void Series_table_starts_over_when_it_is_full_and_reads_on()
    {
        var reader = new ObservationReader(maxSeries: 10);
        var slices = new SliceBuilder("observations");
        var batch = new SignalBatch { Series = reader.Series };
        for (var i = 0; i < 1000; i++) slices.Add("k", $$$"""{"kind":"load","time":{{{i}}},"labels":{"host":"h{{{i % 37}}}"},"values":{"v{{{i}}}":{{{i}}}}}""");
        var slice = slices.Build();
        var emptied = 0;
        for (var i = 0; i < slice.Count; i++)
        {
            batch.Begin(i);
            reader.BeginBatch();
            Assert.Null(reader.Read(slice[i], batch));
            Assert.InRange(batch.Series.Count, 1, 10);
            emptied = batch.Series.Epoch;
            Assert.Equal(($"load.v{i}", $"h{i % 37}"), batch.Series[batch.Samples[0].Series] is var m ? (m.Metric, m.Labels["host"]) : default);
        }
        Assert.True(emptied > 50);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Pass(WindowDriver windows)
    {
        for (var i = 0; i < 100; i++) windows.Sample(1000 + i, labels: $"host=h{i}");
        return new WeakReference(windows.Advance(10_000)[0].Labels);
    }
}
