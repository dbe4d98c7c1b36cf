using Pipeline.Testing;

namespace Pipeline.Host.Tests;

public sealed class SteadyClockTests
{
    private readonly TestTimeProvider _wall = new();
    private readonly List<TimeSpan> _jumps = [];
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_wall, _jumps.Add);

    [Fact]
    public void Clock_follows_a_wall_clock_that_does_not_jump()
    {
        for (var i = 0; i < 100; i++)
        {
            _wall.Advance(TimeSpan.FromSeconds(1));
            if (i % 10 == 0) _wall.Jump(TimeSpan.FromMilliseconds(3));
            Assert.Equal(_wall.GetUtcNow(), _clock.GetUtcNow());
        }
        Assert.Empty(_jumps);
    }

    [Fact]
    public void Step_forward_that_is_soon_taken_back_is_never_followed()
    {
        var before = _clock.GetUtcNow();
        _wall.Jump(TimeSpan.FromHours(1));
        for (var i = 0; i < 9; i++)
        {
            _wall.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(before + TimeSpan.FromSeconds(i + 1), _clock.GetUtcNow());
        }
        _wall.Jump(-TimeSpan.FromHours(1));
        _wall.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(_wall.GetUtcNow(), _clock.GetUtcNow());
        Assert.Equal([TimeSpan.FromHours(1)], _jumps);
    }

    [Fact]
    public void Step_forward_that_lasts_is_followed()
    {
        _wall.Jump(TimeSpan.FromHours(1));
        _clock.GetUtcNow();
        _wall.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(_wall.GetUtcNow(), _clock.GetUtcNow());
    }

    [Fact]
    public void Clock_never_goes_back()
    {
        var last = _clock.GetUtcNow();
        foreach (var step in new[] { -3600, 5, -0.5, 0.2, -7200, 3 })
        {
            _wall.Jump(TimeSpan.FromSeconds(step));
            for (var i = 0; i < 15; i++)
            {
                _wall.Advance(TimeSpan.FromSeconds(1));
                var now = _clock.GetUtcNow();
                Assert.True(now >= last);
                last = now;
            }
        }
        Assert.NotEmpty(_jumps);
    }
}
