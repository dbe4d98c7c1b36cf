using Pipeline.Ingest.Probes;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeClockTests
{
    private readonly TestTimeProvider _time = new();

    [Fact]
    public void Clock_follows_the_wall_clock_through_small_corrections_and_never_goes_back()
    {
        var clock = new ProbeClock(_time);
        var start = clock.Read();
        _time.Jump(TimeSpan.FromMilliseconds(500));
        Assert.Equal(start.AddMilliseconds(500), clock.Read());
        _time.Jump(TimeSpan.FromMilliseconds(-500));
        Assert.Equal(start.AddMilliseconds(500), clock.Read());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(start.AddSeconds(10), clock.Read());
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Jump_of_the_wall_clock_is_an_error(int seconds)
    {
        var clock = new ProbeClock(_time);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Jump(TimeSpan.FromSeconds(seconds));
        Assert.Contains($"jumped by {seconds} s", Assert.Throws<ClockJumpedException>(() => clock.Read()).Message, StringComparison.Ordinal);
    }
}
