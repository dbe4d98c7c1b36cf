using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class WatermarkTests
{
    [Fact]
    public void Watermark_is_the_least_promise_of_the_live_nodes()
    {
        var watermark = new Watermark(null) { QuietAfter = 1000 };
        watermark.OnTick("a", 100, heard: 1);
        watermark.OnTick("b", 70, heard: 2);
        Assert.Equal(100, watermark.Current.Time);
        watermark.OnTick("b", 140, heard: 3);
        Assert.Equal(100, watermark.Current.Time);
        watermark.OnTick("a", 150, heard: 4);
        Assert.Equal(140, watermark.Current.Time);
    }

    [Fact]
    public void Watermark_never_goes_back()
    {
        var watermark = new Watermark(null) { QuietAfter = 1000 };
        watermark.OnTick("a", 100, 1);
        watermark.OnTick("a", 50, 2);
        watermark.OnTick("new", 10, 3);
        Assert.Equal(100, watermark.Current.Time);
    }

    [Fact]
    public void Node_that_has_gone_quiet_is_left_out_by_the_ticks_of_the_others()
    {
        var watermark = new Watermark(null) { QuietAfter = 1000 };
        watermark.OnTick("quiet", 100, 0);
        watermark.OnTick("live", 900, 900);
        Assert.Equal(100, watermark.Current.Time);
        watermark.OnTick("live", 1001, 1001);
        Assert.Equal(1001, watermark.Current.Time);
        watermark.OnTick("quiet", 1002, 1003);
        watermark.OnTick("live", 1500, 1500);
        Assert.Equal(1002, watermark.Current.Time);
    }

    [Fact]
    public void Expected_nodes_are_all_waited_for_however_long()
    {
        var watermark = new Watermark(["a", "b"], null);
        watermark.OnTick("a", 5000, 5000);
        Assert.Equal(long.MinValue, watermark.Current.Time);
        watermark.OnTick("stranger", 1, 5000);
        watermark.OnTick("b", 10, 90_000);
        Assert.Equal(10, watermark.Current.Time);
    }

    [Fact]
    public void Restored_watermark_goes_on_as_the_first_would_have()
    {
        var ticks = Enumerable.Range(0, 400).Select(i => (Node: $"n{i * 7 % 3}", Promise: i * 10L + i * 13 % 50, Heard: i * 30L + (i > 200 && i % 3 == 0 ? 0 : 1))).ToList();
        for (var cut = 0; cut < ticks.Count; cut += 37)
        {
            var whole = new Watermark(null) { QuietAfter = 100 };
            foreach (var (node, promise, heard) in ticks.Take(cut)) whole.OnTick(node, promise, heard);
            var restored = new Watermark(whole.Current) { QuietAfter = 100 };
            foreach (var (node, promise, heard) in ticks.Skip(cut))
            {
                whole.OnTick(node, promise, heard);
                restored.OnTick(node, promise, heard);
                Assert.Equal(whole.Current.Time, restored.Current.Time);
            }
        }
    }

    [Fact]
    public void Node_counts_up_to_the_moment_at_which_it_is_quiet()
    {
        var watermark = new Watermark(null) { QuietAfter = 1000 };
        watermark.OnTick("b", 5, 0);
        watermark.OnTick("a", 100, 1000);
        Assert.Equal(["a", "b"], watermark.Current.Promises.Select(p => p.Node));
        watermark.OnTick("a", 101, 1001);
        Assert.Equal([new NodePromise("a", 101, 1001)], watermark.Current.Promises);
    }

    [Fact]
    public void Watermark_is_the_restored_one_before_the_first_tick()
    {
        var restored = new WatermarkRecord(70, [new NodePromise("a", 70, 1)]);
        Assert.Same(restored, new Watermark(restored) { QuietAfter = 1000 }.Current);
        Assert.Same(Watermark.None, new Watermark(null) { QuietAfter = 1000 }.Current);
    }

    [Fact]
    public void What_was_taken_stays_as_it_stood()
    {
        var watermark = new Watermark(null) { QuietAfter = 1000 };
        watermark.OnTick("a", 100, 1);
        var taken = watermark.Current;
        watermark.OnTick("a", 200, 2);
        Assert.Equal((100, new NodePromise("a", 100, 1)), (taken.Time, taken.Promises.Single()));
    }
}
