using System.Buffers;

namespace Pipeline.Contracts;

/// <summary>Records that are appended together or not at all. Filled, appended, cleared, filled again.</summary>
public sealed class RecordBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private Entry[] _entries = new Entry[64];

    public int Count { get; private set; }
    public int Bytes => _bytes.WrittenCount;

    /// <summary>How far the writer has read its input, for logs that keep such places for others to see; null where it says nothing.</summary>
    public InputPlace? Read { get; set; }

    public PendingRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ref readonly var entry = ref _entries[index];
            var bytes = _bytes.WrittenSpan.Slice(entry.Start, entry.KeyLength + entry.ValueLength);
            return new PendingRecord(entry.To, bytes[..entry.KeyLength], bytes[entry.KeyLength..]);
        }
    }

    public void Add(TopicPartition to, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new Entry(to, _bytes.WrittenCount, key.Length, value.Length);
        _bytes.Write(key);
        _bytes.Write(value);
    }

    public void Clear()
    {
        Count = 0;
        Read = null;
        _bytes.ResetWrittenCount();
    }

    private readonly record struct Entry(TopicPartition To, int Start, int KeyLength, int ValueLength);
}

/// <summary>A record on its way into the log.</summary>
public readonly ref struct PendingRecord(TopicPartition to, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    public TopicPartition To { get; } = to;
    public ReadOnlySpan<byte> Key { get; } = key;
    public ReadOnlySpan<byte> Value { get; } = value;
}
