using Pipeline.Ingest.Push;

namespace Pipeline.Ingest.Tests.Push;

public sealed class PrecisionTests
{
    [Theory]
    [InlineData("", 1_999_999, 1)]
    [InlineData("ns", -1, -1)]
    [InlineData("n", -1_000_000, -1)]
    [InlineData("us", 1_999, 1)]
    [InlineData("u", 1_000, 1)]
    [InlineData("µs", 1_000, 1)]
    [InlineData("ms", 5, 5)]
    [InlineData("s", 5, 5_000)]
    [InlineData("m", -1, -60_000)]
    [InlineData("h", 2, 7_200_000)]
    public void Times_are_whole_milliseconds_rounded_down(string word, long count, long milliseconds)
    {
        Assert.Null(Precision.Parse(word, PushDialect.InfluxV1, out var precision));
        Assert.Null(precision.ToMilliseconds(count, out var found));
        Assert.Equal(milliseconds, found);
    }

    [Theory]
    [InlineData("us", long.MaxValue)]
    [InlineData("h", 2_562_048)]
    [InlineData("ns", long.MinValue)]
    [InlineData("s", -9_223_372_037)]
    public void A_time_that_InfluxDB_cannot_hold_is_refused(string word, long count)
    {
        Assert.Null(Precision.Parse(word, PushDialect.InfluxV1, out var precision));
        Assert.NotNull(precision.ToMilliseconds(count, out _));
    }

    [Theory]
    [InlineData("NS", PushDialect.InfluxV1, "unknown precision 'NS'; use one of n, ns, u, us, µs, ms, s, m, h")]
    [InlineData("n", PushDialect.InfluxV2, "unknown precision 'n'; use one of ns, us, ms, s")]
    public void An_unknown_precision_names_the_known_ones(string word, PushDialect dialect, string error) =>
        Assert.Equal(error, Precision.Parse(word, dialect, out _));
}
