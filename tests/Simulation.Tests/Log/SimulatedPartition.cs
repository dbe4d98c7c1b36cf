using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>The records of one partition, and who waits for more of them. After an append there may be an offset without a record.</summary>
internal sealed class SimulatedPartition(TopicPartition name)
{
    private readonly List<SimulatedRecord> _records = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly List<long> _ends = [0];

    public IReadOnlyList<SimulatedRecord> Records => _records;
    public long End { get; private set; }

    /// <summary>Where it ended before so many appends.</summary>
    public long EndBefore(int appends) => _ends[Math.Max(0, _ends.Count - 1 - appends)];

    public void Add(long time, byte[] key, byte[] value) => _records.Add(new SimulatedRecord(End++, time, key, value));

    /// <summary>What was added is there for all to see.</summary>
    public void Grow(bool withGap)
    {
        if (withGap) End++;
        _ends.Add(End);
        foreach (var reader in _waiting) reader.TrySetResult();
        _waiting.Clear();
    }

    public async Task GrownAsync(CancellationToken stop)
    {
        var grown = new TaskCompletionSource();
        _waiting.Add(grown);
        using var registration = stop.UnsafeRegister(_ => grown.TrySetResult(), null);
        await grown.Task;
    }

    public void Fill(LogSlice slice, long from, int most)
    {
        var first = FirstFrom(from);
        var count = Math.Min(most, _records.Count - first);
        var buffer = new byte[_records.Skip(first).Take(count).Sum(r => r.Key.Length + r.Value.Length)];
        slice.Begin(name, buffer, from);
        var at = 0;
        foreach (var record in _records.GetRange(first, count))
        {
            record.Key.CopyTo(buffer, at);
            var value = at + record.Key.Length;
            record.Value.CopyTo(buffer, value);
            slice.Add(record.Offset, record.Time, at..value, value..(at = value + record.Value.Length));
        }
        if (first + count == _records.Count) slice.Skip(End);
    }

    private int FirstFrom(long offset)
    {
        var (low, high) = (0, _records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_records[middle].Offset < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <param name="Time">When the log took it, Unix milliseconds.</param>
internal sealed record SimulatedRecord(long Offset, long Time, byte[] Key, byte[] Value);
