using System.Collections.Concurrent;
using Pipeline.Contracts;

namespace Pipeline.Transport;

/// <summary>How far every stage of this process has read and published.</summary>
public sealed class StagePositions
{
    private readonly ConcurrentDictionary<(string, int), StagePosition> _positions = new();

    public IReadOnlyList<StagePosition> All => [.. _positions.Values.OrderBy(p => p.Stage, StringComparer.Ordinal).ThenBy(p => p.Partition)];

    /// <param name="from">The offset that it reads first.</param>
    public StagePosition Open(string stage, int partition, long from) => _positions[(stage, partition)] = new StagePosition(stage, partition, from);

    public void Close(StagePosition position) => _positions.TryRemove(new KeyValuePair<(string, int), StagePosition>((position.Stage, position.Partition), position));
}

/// <summary>How far one stage has read one partition, with everything published that it owes to what it read.</summary>
public sealed class StagePosition(string stage, int partition, long from)
{
    private long _next = from, _logTime;

    public string Stage { get; } = stage;
    public int Partition { get; } = partition;

    /// <summary>The offset that it reads next.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>When the log took the last record that it read, Unix milliseconds; 0 before the first.</summary>
    public long LogTime => Volatile.Read(ref _logTime);

    internal void Moved(InputMark mark)
    {
        Volatile.Write(ref _next, mark.Next);
        Volatile.Write(ref _logTime, mark.LogTime);
    }
}

/// <summary>A place in an input.</summary>
/// <param name="LogTime">When the log took the last record before it, Unix milliseconds; 0 where there was none.</param>
internal readonly record struct InputMark(long Next, long LogTime)
{
    public InputMark After(LogSlice slice) => new(slice.NextOffset, slice.Count > 0 ? slice[slice.Count - 1].Time : LogTime);
}
