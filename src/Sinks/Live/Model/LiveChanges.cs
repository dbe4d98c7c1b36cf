namespace Pipeline.Sinks;

/// <summary>Points since they were last taken; beyond a bound only that there were too many.</summary>
public sealed class LiveChanges
{
    private const int Max = 20_000;

    private readonly Lock _lock = new();
    private List<LivePoint> _points = [];
    private bool _tooMany;

    /// <summary>What was added since the last call, or null where it was too much to keep: then only asking the model tells.</summary>
    public IReadOnlyList<LivePoint>? Take()
    {
        lock (_lock)
        {
            var taken = _tooMany ? null : _points;
            (_points, _tooMany) = ([], false);
            return taken;
        }
    }

    internal void Add(LivePoint point)
    {
        lock (_lock)
        {
            if (_points.Count < Max) _points.Add(point);
            else _tooMany = true;
        }
    }
}
