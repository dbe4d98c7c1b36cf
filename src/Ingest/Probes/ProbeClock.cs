namespace Pipeline.Ingest.Probes;

/// <summary>
/// The wall clock, watched by the monotonic one: it follows small corrections and never goes back, and it refuses to go on after a jump,
/// because the instants between would be taken for missed ones, or promised away.
/// </summary>
public sealed class ProbeClock(TimeProvider time)
{
    private static readonly TimeSpan MaxStep = TimeSpan.FromSeconds(1);
    private DateTimeOffset _now = time.GetUtcNow(), _wall = time.GetUtcNow();
    private long _mark = time.GetTimestamp();

    /// <exception cref="ClockJumpedException">The wall clock was set since the last call.</exception>
    public DateTimeOffset Read()
    {
        var (wall, mark) = (time.GetUtcNow(), time.GetTimestamp());
        var step = wall - _wall - time.GetElapsedTime(_mark, mark);
        if (step.Duration() > MaxStep) throw new ClockJumpedException(step);
        (_wall, _mark) = (wall, mark);
        return _now = wall > _now ? wall : _now;
    }
}
