using FsCheck;
using FsCheck.Fluent;
using Pipeline.Testing;

namespace Pipeline.Contracts.Tests;

public sealed class UnixTimeTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999Z")]
    [InlineData(1_767_225_600_007, "2026-01-01T00:00:00.007Z")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    public void Time_is_written_as_RFC_3339_in_UTC(long milliseconds, string text) => Assert.Equal(text, UnixTime.ToRfc3339(milliseconds));

    [Fact]
    public void Every_written_time_reads_back() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), number =>
    {
        var milliseconds = number * 7919L;
        return DateTimeOffset.Parse(UnixTime.ToRfc3339(milliseconds), System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() == milliseconds;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clock_is_read_in_milliseconds()
    {
        var time = new TestTimeProvider();
        time.Advance(TimeSpan.FromTicks(19_999));
        Assert.Equal(1_767_225_600_001, time.UnixMilliseconds());
    }
}
