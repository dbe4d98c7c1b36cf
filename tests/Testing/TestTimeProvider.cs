namespace Pipeline.Testing;

/// <summary>
/// A clock that moves when told to, with timers that then fire in order. Its timestamps run at seven times the tick frequency, so that
/// code that takes timestamps for ticks fails its tests.
/// </summary>
public sealed class TestTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TestTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _elapsed;

    /// <summary>Starts at 2026-01-01T00:00:00Z.</summary>
    public TestTimeProvider() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * 7;
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override DateTimeOffset GetUtcNow() { lock (_lock) return _now; }
    public override long GetTimestamp() { lock (_lock) return _elapsed.Ticks * 7; }

    /// <summary>How many timers wait; lets a test see that a loop has come to rest.</summary>
    public int Waiting { get { lock (_lock) return _timers.Count; } }

    /// <summary>Moves time on, firing every timer that falls due at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        var target = _elapsed + by;
        while (Next(target) is { } timer) timer.Fire();
        lock (_lock) MoveTo(target);
    }

    /// <summary>Sets the wall clock and leaves the monotonic one alone: what an operator or a bad time server does.</summary>
    public void Jump(TimeSpan by) { lock (_lock) _now += by; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private TestTimer? Next(TimeSpan target)
    {
        lock (_lock)
        {
            var timer = _timers.Where(t => t.Due <= target).MinBy(t => t.Due);
            if (timer is null) return null;
            if (timer.Due > _elapsed) MoveTo(timer.Due);
            timer.Reschedule();
            return timer;
        }
    }

    private void MoveTo(TimeSpan elapsed)
    {
        _now += elapsed - _elapsed;
        _elapsed = elapsed;
    }

    private sealed class TestTimer(TestTimeProvider time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                Due = time._elapsed + dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan) time._timers.Add(this);
            }
            return true;
        }

        public void Reschedule()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else time._timers.Remove(this);
        }

        public void Fire() => callback();
        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
