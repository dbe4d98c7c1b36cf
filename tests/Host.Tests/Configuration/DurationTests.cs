using FsCheck;
using FsCheck.Fluent;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests.Configuration;

public class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("60s", 60_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("0s", 0)]
    public void Durations_are_read(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("60")]
    [InlineData("60 s")]
    [InlineData("1.5s")]
    [InlineData("-1s")]
    [InlineData("30m1h")]
    [InlineData("60s\n")]
    [InlineData("٦s")]
    [InlineData("9999999999s")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().Select(p => TimeSpan.FromMilliseconds((long)p.Item1 * (p.Item2 % 1000))).ToArbitrary(),
            duration => Duration.TryParse(Duration.Format(duration), out var read) && read == duration).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_text_of_every_unit_fits() =>
        Assert.True(Duration.TryParse("999999d9999999h999999999m999999999s999999999ms", out var duration) && duration > TimeSpan.Zero);
}
