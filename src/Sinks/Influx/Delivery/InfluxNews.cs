namespace Pipeline.Sinks.Influx;

/// <summary>Tells the operator each thing once: that InfluxDB is away, that it is back, that a field has two types.</summary>
internal sealed class InfluxNews(string url, Action<string> tell)
{
    private const int MaxConflicts = 1000;

    private readonly Lock _lock = new();
    private readonly HashSet<(string, string)> _conflicts = [];
    private bool _isAway;

    public bool IsAway
    {
        get { lock (_lock) return _isAway; }
    }

    public void Away(string why)
    {
        lock (_lock)
        {
            if (_isAway) return;
            _isAway = true;
        }
        tell($"InfluxDB at {url} takes nothing ({why}). Results wait in the log and are sent when it does.");
    }

    public void Back()
    {
        lock (_lock)
        {
            if (!_isAway) return;
            _isAway = false;
        }
        tell($"InfluxDB at {url} takes results again.");
    }

    public void Refused(string words)
    {
        if (InfluxWords.ConflictIn(words) is not { } conflict) return;
        lock (_lock)
            if (_conflicts.Count >= MaxConflicts || !_conflicts.Add(conflict)) return;
        tell($"InfluxDB refuses points of {conflict.Measurement}, since its field {conflict.Field} has another type there ({words}). They go to the dead-letter topic; drop or rename the old field.");
    }
}
