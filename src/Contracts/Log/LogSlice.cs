namespace Pipeline.Contracts;

/// <summary>A run of records of one partition, in one buffer. Filled by a transport, read by a stage, then filled again.</summary>
public sealed class LogSlice
{
    private Entry[] _entries = new Entry[256];
    private ReadOnlyMemory<byte> _buffer;

    public TopicPartition Partition { get; private set; }
    public int Count { get; private set; }

    /// <summary>Where the next slice begins. A slice may be empty and still move this on.</summary>
    public long NextOffset { get; private set; }

    public LogRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ref readonly var entry = ref _entries[index];
            var bytes = _buffer.Span;
            return new LogRecord(entry.Offset, entry.Time, bytes.Slice(entry.Key, entry.KeyLength), bytes.Slice(entry.Value, entry.ValueLength));
        }
    }

    /// <summary>Empties the slice and lets it speak of another buffer.</summary>
    public void Begin(TopicPartition partition, ReadOnlyMemory<byte> buffer, long nextOffset)
    {
        Partition = partition;
        _buffer = buffer;
        NextOffset = nextOffset;
        Count = 0;
    }

    /// <summary>Says that there is nothing more before <paramref name="nextOffset"/>.</summary>
    public void Skip(long nextOffset) => NextOffset = Math.Max(NextOffset, nextOffset);

    /// <summary>Adds a record by its place in the buffer. Offsets rise; they may have gaps.</summary>
    public void Add(long offset, long time, Range key, Range value)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        var (keyStart, keyLength) = key.GetOffsetAndLength(_buffer.Length);
        var (valueStart, valueLength) = value.GetOffsetAndLength(_buffer.Length);
        _entries[Count++] = new Entry(offset, time, keyStart, keyLength, valueStart, valueLength);
        NextOffset = offset + 1;
    }

    private readonly record struct Entry(long Offset, long Time, int Key, int KeyLength, int Value, int ValueLength);
}

/// <summary>A record as the log holds it.</summary>
/// <param name="offset">Its place in the partition.</param>
/// <param name="time">When the log took it, Unix milliseconds.</param>
public readonly ref struct LogRecord(long offset, long time, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    public long Offset { get; } = offset;
    public long Time { get; } = time;
    public ReadOnlySpan<byte> Key { get; } = key;
    public ReadOnlySpan<byte> Value { get; } = value;
}
