using Pipeline.Contracts;

namespace Pipeline.Ingest;

/// <summary>Scans at once and then at whole multiples of the interval in Unix time, one scan at a time, until disposed.</summary>
internal sealed class ScanLoop : IDisposable
{
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Func<Emission> _next;
    private readonly IObserver<Emission> _observer;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private bool _ended;

    public ScanLoop(TimeSpan interval, TimeProvider time, Func<Emission> next, IObserver<Emission> observer)
    {
        (_interval, _time, _next, _observer) = (interval, time, next, observer);
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Schedule(TimeSpan.Zero);
    }

    public void Dispose()
    {
        lock (_lock) _ended = true;
        _timer.Dispose();
    }

    private void Run()
    {
        Emission emission;
        try
        {
            emission = _next();
        }
        catch (Exception error) // a bug: the node is told, and subscribes again
        {
            _observer.OnError(error);
            return;
        }
        _observer.OnNext(emission);
        Schedule(Wait());
    }

    private void Schedule(TimeSpan wait)
    {
        lock (_lock)
            if (!_ended) _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The next instant is at least half an interval away: a timer that fires early does not scan twice, a rate has a base, and a machine
    /// on which a scan takes longer is left in peace for one.
    /// </summary>
    private TimeSpan Wait()
    {
        var wait = TimeSpan.FromTicks(_interval.Ticks - (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks % _interval.Ticks);
        if (wait < _interval / 2) wait += _interval;
        return TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)); // timers cut fractions off, and would fire too early
    }
}
