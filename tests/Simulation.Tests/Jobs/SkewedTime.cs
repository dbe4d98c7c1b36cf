using Pipeline.Testing;

namespace Pipeline.Simulation.Tests;

/// <summary>The clock of a machine whose wall clock is wrong.</summary>
internal sealed class SkewedTime(TestTimeProvider time, TimeSpan skew) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;
    public override long GetTimestamp() => time.GetTimestamp();
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
