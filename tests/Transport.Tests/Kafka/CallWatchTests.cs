using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

public sealed class CallWatchTests
{
    private readonly TestTimeProvider _time = new();
    private int _nudges;

    [Fact]
    public void Call_that_takes_its_time_is_nudged_every_three_seconds_and_may_come_back()
    {
        using var watch = Watch();

        watch.Run(() => _time.Advance(TimeSpan.FromSeconds(7)));

        Assert.Equal(2, _nudges);
        Assert.False(watch.GivenUp.IsCompleted);
    }

    [Fact]
    public void Call_is_given_up_after_fifteen_seconds_and_no_other_is_begun()
    {
        using var watch = Watch();

        watch.Run(() => _time.Advance(TimeSpan.FromSeconds(15)));

        Assert.True(watch.GivenUp.IsCompleted);
        Assert.Throws<OutcomeUnknownException>(() => watch.Run(() => Assert.Fail("It was begun.")));
    }

    [Fact]
    public void Many_short_calls_are_neither_nudged_nor_given_up_together()
    {
        using var watch = Watch();

        for (var i = 0; i < 20; i++) watch.Run(() => _time.Advance(TimeSpan.FromSeconds(2)));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _nudges);
        Assert.False(watch.GivenUp.IsCompleted);
    }

    private CallWatch Watch() => new(_time, () => _nudges++);
}
