using FsCheck;
using FsCheck.Fluent;
using Pipeline.Sinks.Influx;

namespace Pipeline.Sinks.Tests.Influx;

public sealed class InfluxBackoffTests
{
    [Fact]
    public void Waits_double_up_to_a_bound_and_begin_anew_after_a_success()
    {
        var backoff = new InfluxBackoff(() => 0.999999);
        var waits = Enumerable.Range(0, 9).Select(_ => Math.Round(backoff.Failed(null).TotalSeconds, 3)).ToList();
        backoff.Succeeded();

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10, 10], waits);
        Assert.Equal(0.2, backoff.Failed(null).TotalSeconds, 3);
    }

    [Fact]
    public void A_wait_is_never_shorter_than_the_server_asks_nor_longer_than_both_bounds() =>
        Prop.ForAll(Gen.Choose(-5, 2000).Two().ListOf().ToArbitrary(), failures =>
        {
            var random = 0.0;
            var backoff = new InfluxBackoff(() => random);
            foreach (var (asked, draw) in failures)
            {
                random = Math.Abs(draw) / 2001.0;
                var wait = backoff.Failed(TimeSpan.FromSeconds(asked));
                Assert.InRange(wait, InfluxBackoff.First / 2, InfluxBackoff.LongestAsked);
                Assert.True(wait >= TimeSpan.FromSeconds(Math.Min(asked, InfluxBackoff.LongestAsked.TotalSeconds)));
                Assert.True(asked > 10 || wait <= InfluxBackoff.Longest);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Half_of_a_wait_is_chance()
    {
        Assert.Equal(InfluxBackoff.First / 2, new InfluxBackoff(() => 0).Failed(null));
        Assert.Equal(InfluxBackoff.First * 0.75, new InfluxBackoff(() => 0.5).Failed(null));
    }
}
