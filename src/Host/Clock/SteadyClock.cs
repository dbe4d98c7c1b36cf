namespace Pipeline.Host;

/// <summary>
/// The one clock of the process: the wall clock, kept from jumping. It runs on the monotonic clock and never goes back. A step forward of
/// more than <see cref="Tolerance"/> is followed only once it has lasted for <see cref="Confirmation"/> (a suspended machine has really
/// slept; a bad time server is soon corrected); a step back is never followed, and ends with the next start of the program.
/// </summary>
public sealed class SteadyClock : TimeProvider
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TimeProvider _inner;
    private readonly Action<TimeSpan> _jumped;
    private DateTimeOffset _anchor;
    private long _anchoredAt;
    private long? _offSince;

    /// <param name="jumped">Told once for each step that was noticed, with its size.</param>
    public SteadyClock(TimeProvider inner, Action<TimeSpan> jumped)
    {
        (_inner, _jumped) = (inner, jumped);
        Anchor(inner.GetUtcNow());
    }

    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;
    public override long TimestampFrequency => _inner.TimestampFrequency;
    public override long GetTimestamp() => _inner.GetTimestamp();
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _inner.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var steady = _anchor + _inner.GetElapsedTime(_anchoredAt);
            var wall = _inner.GetUtcNow();
            var off = wall - steady;
            if (off.Duration() <= Tolerance)
            {
                _offSince = null;
                return off > TimeSpan.Zero ? Anchor(wall) : steady;
            }
            if (_offSince is null)
            {
                _offSince = _inner.GetTimestamp();
                _jumped(off);
            }
            return off > TimeSpan.Zero && _inner.GetElapsedTime(_offSince.Value) >= Confirmation ? Anchor(wall) : steady;
        }
    }

    private DateTimeOffset Anchor(DateTimeOffset wall)
    {
        (_anchor, _anchoredAt, _offSince) = (wall, _inner.GetTimestamp(), null);
        return wall;
    }
}
