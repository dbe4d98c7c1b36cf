namespace Pipeline.Transport.Recordings;

/// <summary>How fast a recording is replayed, by the times at which the log took its records.</summary>
/// <param name="speed">So many times as fast as it was recorded; null for as fast as can be.</param>
public sealed class ReplayPace(double? speed, TimeProvider time)
{
    /// <summary>A day; a timer takes no more than 49.</summary>
    private const double LongestWait = 86_400_000;

    private long? _first;
    private long _started;

    /// <summary>As fast as can be.</summary>
    public static ReplayPace Max { get; } = new(null, TimeProvider.System);

    /// <summary>Until it is the turn of what the log took at a time (Unix milliseconds), or <paramref name="stop"/>; never throws.</summary>
    public async ValueTask WaitAsync(long logTime, CancellationToken stop)
    {
        if (speed is not { } times) return;
        if (_first is null) (_first, _started) = (logTime, time.GetTimestamp());
        var due = (logTime - _first.Value) / times;
        while (!stop.IsCancellationRequested && due - time.GetElapsedTime(_started).TotalMilliseconds is > 0 and var left)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left), LongestWait)), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
