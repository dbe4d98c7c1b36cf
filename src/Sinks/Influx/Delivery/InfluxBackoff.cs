namespace Pipeline.Sinks.Influx;

/// <summary>
/// Decides how long to wait after a failure. Holds no timer. It never gives up: what waits is in the log, which is bounded by its
/// retention, and what retention takes is counted.
/// </summary>
/// <param name="random">From 0 to below 1, anew each time, so that many writers do not come back together.</param>
public sealed class InfluxBackoff(Func<double> random)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A server that asks for more is a server that counts in other units.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    private TimeSpan _next = First;

    /// <summary>The next failure is the first again.</summary>
    public void Succeeded() => _next = First;

    /// <summary>Between half and all of a time that doubles with each failure, and not before the server wants to be asked.</summary>
    public TimeSpan Failed(TimeSpan? retryAfter)
    {
        var wait = _next * (0.5 + random() / 2);
        _next = Min(_next * 2, Longest);
        return retryAfter is { } asked && asked > wait ? Min(asked, LongestAsked) : wait;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
