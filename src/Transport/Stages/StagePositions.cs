using System.Collections.Concurrent;
using Pipeline.Contracts;

namespace Pipeline.Transport;

/// <summary>How far every stage of this process has read.</summary>
public sealed class StagePositions
{
    private readonly ConcurrentDictionary<(string, int), StagePosition> _positions = new();

    public IReadOnlyList<StagePosition> All => [.. _positions.Values.OrderBy(p => p.Stage, StringComparer.Ordinal).ThenBy(p => p.Partition)];

    /// <summary>A stage that is run again on a partition goes on under its old entry.</summary>
    public StagePosition Open(string stage, int partition) => _positions.GetOrAdd((stage, partition), _ => new StagePosition(stage, partition));
}

/// <summary>How far one stage has read one partition.</summary>
public sealed class StagePosition(string stage, int partition)
{
    private long _next, _logTime;

    public string Stage { get; } = stage;
    public int Partition { get; } = partition;

    /// <summary>The offset that it reads next.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>When the log took the last record that it read, Unix milliseconds; 0 before the first.</summary>
    public long LogTime => Volatile.Read(ref _logTime);

    internal void Moved(LogSlice slice)
    {
        Volatile.Write(ref _next, slice.NextOffset);
        if (slice.Count > 0) Volatile.Write(ref _logTime, slice[slice.Count - 1].Time);
    }
}
