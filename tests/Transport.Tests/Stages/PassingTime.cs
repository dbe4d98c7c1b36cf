using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

/// <summary>A clock that has moved on at every look.</summary>
internal sealed class PassingTime(TestTimeProvider inner, TimeSpan step) : TimeProvider
{
    private long _looks;

    public override long TimestampFrequency => inner.TimestampFrequency;
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();
    public override long GetTimestamp() => (long)(++_looks * step.TotalSeconds * TimestampFrequency);
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
