namespace Pipeline.Ingest.Probes;

/// <summary>
/// Decides which target is to be probed when; is told the time and holds no timer. The instants of a target lie on a fixed grid,
/// <c>epoch + phase + k * interval</c>, whatever its probes do: slow ones overlap, they do not push the next one back. Where all places
/// are taken an instant waits, the oldest first, until the next one of its target has come; then it is missed, and handed out as such.
/// Of one pause the last <see cref="MaxMissed"/> missed instants of a target are handed out, those before are counted.
/// </summary>
public sealed class ProbeSchedule
{
    public const int MaxMissed = 60;

    private readonly IReadOnlyList<ProbeTarget> _targets;
    private readonly int _maxConcurrent;
    private readonly PriorityQueue<int, (DateTimeOffset Intended, int Index)> _waiting = new();
    private readonly SortedSet<(DateTimeOffset Intended, int Index)> _running = [];

    /// <param name="start">The first instant of each target is the first on its grid from here on.</param>
    public ProbeSchedule(IReadOnlyList<ProbeTarget> targets, int maxConcurrent, DateTimeOffset start)
    {
        (_targets, _maxConcurrent) = (targets, maxConcurrent);
        for (var i = 0; i < targets.Count; i++) _waiting.Enqueue(i, (FirstFrom(start, targets[i]), i));
    }

    public int Running => _running.Count;

    /// <summary>The next instant that can be probed, or null where nothing can until a running probe ends.</summary>
    public DateTimeOffset? Next =>
        _running.Count < _maxConcurrent && _waiting.TryPeek(out _, out var head) ? head.Intended : null;

    /// <summary>The oldest instant that is due, missed or to be probed and then given to <see cref="End"/>; null where there is none.</summary>
    public ProbeInstant? Take(DateTimeOffset now)
    {
        if (!_waiting.TryPeek(out var index, out var head) || head.Intended > now) return null;
        var (target, intended) = (_targets[index], head.Intended);
        var missed = (now - intended).Ticks / target.Interval.Ticks;
        if (missed == 0 && _running.Count >= _maxConcurrent) return null;

        var omitted = Math.Max(0, missed - MaxMissed);
        intended += target.Interval * omitted;
        _waiting.DequeueEnqueue(index, (intended + target.Interval, index));
        if (missed == 0) _running.Add((intended, index));
        return new ProbeInstant(index, target, intended, missed > 0, omitted);
    }

    public void End(ProbeInstant instant) => _running.Remove((instant.Intended, instant.Index));

    /// <summary>
    /// The time before which no instant is open. Never later than now, though the next instant may be: after a restart with other targets
    /// the same node may have instants before that one.
    /// </summary>
    public DateTimeOffset Promise(DateTimeOffset now)
    {
        if (_waiting.TryPeek(out _, out var head) && head.Intended < now) now = head.Intended;
        return _running.Count > 0 && _running.Min.Intended < now ? _running.Min.Intended : now;
    }

    private static DateTimeOffset FirstFrom(DateTimeOffset start, ProbeTarget target)
    {
        var first = DateTimeOffset.UnixEpoch + target.Phase;
        var steps = (start - first + target.Interval - TimeSpan.FromTicks(1)).Ticks / target.Interval.Ticks;
        return first + TimeSpan.FromTicks(target.Interval.Ticks * steps);
    }
}
