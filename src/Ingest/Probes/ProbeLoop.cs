using System.Threading.Channels;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Probes;

/// <summary>Probes one target once; cancelled by the token.</summary>
public delegate Task<ProbeResult> RunProbe(ProbeTarget target, CancellationToken abort);

/// <summary>
/// Starts what the schedule says and emits what has ended. Nothing starts while the observer takes an emission, so a slow observer shows
/// as lateness and missed instants, not as a growing queue.
/// </summary>
public sealed class ProbeLoop(ProbeSchedule schedule, RunProbe run, TimeProvider time, string node, IDropListener drops)
{
    private const int MaxBatch = 1000;

    /// <summary>The longest time without an emission, for the promise.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    // Unbounded in name only: it holds running probes, which the schedule bounds, and a wake-up (null), of which one is set at a time.
    private readonly Channel<ProbeFlight?> _ended = Channel.CreateUnbounded<ProbeFlight?>(new() { SingleReader = true });
    private readonly ProbeClock _clock = new(time);
    private List<Observation> _observations = [];
    private DateTimeOffset _emitted = DateTimeOffset.MinValue;

    /// <summary>Runs until aborted, or until a bug or a jump of the clock ends it. No probe outlives it.</summary>
    public async Task Run(IObserver<Emission> observer, CancellationToken abort)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(abort);
        await using var timer = time.CreateTimer(
            _ => _ended.Writer.TryWrite(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                await Collect();
                Start(end.Token);
                var now = _clock.Read();
                if (_observations.Count > 0 || now - _emitted >= Heartbeat) Emit(observer, now);
                timer.Change(Pause(), Timeout.InfiniteTimeSpan);
                await _ended.Reader.WaitToReadAsync(end.Token);
            }
        }
        finally
        {
            await end.CancelAsync();
            while (schedule.Running > 0)
                if (await _ended.Reader.ReadAsync(CancellationToken.None) is { } flight) schedule.End(flight.Instant);
        }
    }

    private async Task Collect()
    {
        while (_observations.Count < MaxBatch && _ended.Reader.TryRead(out var flight))
        {
            if (flight is null) continue;
            schedule.End(flight.Instant);
            _observations.Add(ProbeObservation.Of(flight.Instant, flight.Lateness, await flight.Result, node));
        }
    }

    private void Start(CancellationToken abort)
    {
        while (_observations.Count < MaxBatch && schedule.Take(_clock.Read()) is { } instant)
        {
            var lateness = _clock.Read() - instant.Intended;
            if (instant.Omitted > 0) drops.OnDropped(DropReason.Overflow, instant.Omitted);
            if (instant.Missed) _observations.Add(ProbeObservation.OfMissed(instant, lateness, node));
            else _ = Fly(instant, lateness, abort);
        }
    }

    /// <summary>Never fails itself: a failure is handed over with the flight and thrown where it is collected.</summary>
    private async Task Fly(ProbeInstant instant, TimeSpan lateness, CancellationToken abort)
    {
        var result = run(instant.Target, abort);
        await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Writer.TryWrite(new ProbeFlight(instant, lateness, result));
    }

    private void Emit(IObserver<Emission> observer, DateTimeOffset now)
    {
        var emission = new Emission(_observations, schedule.Promise(now).ToUnixTimeMilliseconds());
        (_observations, _emitted) = ([], now);
        observer.OnNext(emission);
    }

    /// <summary>In whole milliseconds, rounded up: timers know nothing finer, and one that is early would only spin.</summary>
    private TimeSpan Pause()
    {
        var next = _emitted + Heartbeat;
        if (schedule.Next < next) next = schedule.Next.Value;
        return TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((next - _clock.Read()).TotalMilliseconds)));
    }
}
