using System.Reactive.Linq;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Self;

/// <summary>The program as a source: what it knows of itself becomes observations, and windows, like anything else.</summary>
public static class SelfSource
{
    /// <param name="time">Does not go back.</param>
    /// <param name="read">Called once in each interval; must not block.</param>
    public static Source Create(SelfOptions options, string node, TimeProvider time, Func<SelfReading> read)
    {
        return new Source("self", OverflowPolicy.DropNewest, Observable.Create<Emission>(observer => new ScanLoop(options.Interval, time, Next, observer)));

        Emission Next()
        {
            var now = time.UnixMilliseconds();
            return new Emission(SelfObservations.Of(read(), node, now), now);
        }
    }
}
