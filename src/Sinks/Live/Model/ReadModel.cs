using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>
/// The newest results of every series, within bounds. What it holds does not depend on the order in which results come nor on how often,
/// as long as the bound on series is not reached. For any number of threads.
/// </summary>
public sealed class ReadModel(LiveOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LiveSeries, LiveRun> _runs = [];
    private readonly SortedSet<LiveRun> _byOldest = [];
    private readonly LinkedList<LiveRun> _byUse = [];
    private readonly long _keep = (long)options.Keep.TotalMilliseconds;
    private long _newest = long.MinValue / 2;
    private int _points;
    private long _byAge, _byPoints, _bySeries;

    public LiveOptions Options => options;

    /// <summary>What was changed since it was last looked at.</summary>
    public LiveChanges Changes { get; } = new();

    public LiveStats Stats
    {
        get { lock (_lock) return new LiveStats(_runs.Count, _points, _byAge, _byPoints, _bySeries); }
    }

    /// <summary>Takes a result in: null, or why nothing changed.</summary>
    public DropReason? Apply(WindowResult result)
    {
        var series = new LiveSeries(result);
        lock (_lock)
        {
            _newest = Math.Max(_newest, result.End);
            while (_byOldest.Min is { } oldest && IsOld(oldest.OldestUntil)) EvictOldest(oldest, ref _byAge);
            if (IsOld(result.End + series.Size)) return DropReason.Filtered;
            return _runs.TryGetValue(series, out var run) && run.Find(result.End) is >= 0 and var at
                ? Replace(run, at, series, result)
                : Insert(series, result);
        }
    }

    /// <summary>By end, then window, metric and labels.</summary>
    public IReadOnlyList<LivePoint> Find(WindowQuery query)
    {
        var found = new List<(LiveSeries Series, LivePoint[] Points)>();
        lock (_lock)
        {
            foreach (var (series, run) in _runs)
                if (query.Takes(series) && run.Between(query.From, query.To) is { Length: > 0 } points) found.Add((series, points.ToArray()));
        }
        var ordered = found.OrderBy(f => f.Series, LiveSeries.Order).SelectMany(f => f.Points).Where(p => p.Count > 0).OrderBy(p => p.End).ToList();
        return ordered.Count <= query.Limit ? ordered : ordered[^query.Limit..];
    }

    /// <summary>The newest point of every series, in no order.</summary>
    public IReadOnlyList<LivePoint> Newest()
    {
        lock (_lock) return [.. _runs.Values.Select(r => r.NewestShown).OfType<LivePoint>()];
    }

    public IReadOnlyList<LiveSeries> Series()
    {
        lock (_lock) return [.. _runs.Keys];
    }

    private DropReason? Replace(LiveRun run, int at, LiveSeries series, WindowResult result)
    {
        if (result.Revision <= run[at].Revision) return DropReason.Duplicate;
        var point = new LivePoint(SharedSeries(run.Series, series), result);
        ChangeFirst(run, at, () => run[at] = point);
        Touch(run, point);
        return null;
    }

    private DropReason? Insert(LiveSeries series, WindowResult result)
    {
        if (_points >= options.MaxPoints && IsBeforeOldest(series, result.End)) return DropReason.Overflow;
        if (!_runs.ContainsKey(series) && _runs.Count >= options.MaxSeries) EvictSeries(_byUse.First!.Value);
        if (_points >= options.MaxPoints) EvictOldest(_byOldest.Min!, ref _byPoints);

        if (!_runs.TryGetValue(series, out var run)) run = Open(series);
        var point = new LivePoint(SharedSeries(run.Series, series), result);
        var at = ~run.Find(result.End);
        ChangeFirst(run, at, () => run.Insert(at, point));
        _points++;
        Touch(run, point);
        return null;
    }

    /// <summary>Changes a point; where it is a run's first, the run's place in their order too.</summary>
    private void ChangeFirst(LiveRun run, int at, Action change)
    {
        if (at == 0 && run.Count > 0) _byOldest.Remove(run);
        change();
        if (at == 0) _byOldest.Add(run);
    }

    private LiveRun Open(LiveSeries series)
    {
        var run = new LiveRun(series);
        run.Use = _byUse.AddLast(run);
        return _runs[series] = run;
    }

    private void Touch(LiveRun run, LivePoint point)
    {
        _byUse.Remove(run.Use!);
        _byUse.AddLast(run.Use!);
        Changes.Add(point);
    }

    private void EvictOldest(LiveRun run, ref long counter)
    {
        _byOldest.Remove(run);
        run.RemoveOldest();
        _points--;
        counter++;
        if (run.Count > 0) _byOldest.Add(run);
        else Close(run);
    }

    private void EvictSeries(LiveRun run)
    {
        _byOldest.Remove(run);
        _points -= run.Count;
        _bySeries += run.Count;
        Close(run);
    }

    private void Close(LiveRun run)
    {
        _runs.Remove(run.Series);
        _byUse.Remove(run.Use!);
    }

    private bool IsOld(long until) => until + _keep <= _newest;

    private bool IsBeforeOldest(LiveSeries series, long end)
    {
        var oldest = _byOldest.Min!;
        var (until, oldestUntil) = (end + series.Size, oldest.OldestUntil);
        return until < oldestUntil || (until == oldestUntil && LiveSeries.Order.Compare(series, oldest.Series) < 0);
    }

    /// <summary>The series that all its points share, unless the result has a size or quantiles of its own.</summary>
    private static LiveSeries SharedSeries(LiveSeries shared, LiveSeries own) =>
        shared.Size == own.Size && shared.Ranks.SequenceEqual(own.Ranks) ? shared : own;
}
