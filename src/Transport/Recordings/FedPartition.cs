using System.Buffers;
using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>A partition between two flows: what the first puts in, the second takes out, and nothing of it is kept.</summary>
internal sealed class FedPartition(TopicPartition partition)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(int Key, int Value)> _lengths = [];
    private readonly LogSlice _slice = new();
    private long _next;

    public bool HasRecords => _lengths.Count > 0;

    public void Add(in PendingRecord record)
    {
        _bytes.Write(record.Key);
        _bytes.Write(record.Value);
        _lengths.Add((record.Key.Length, record.Value.Length));
    }

    /// <summary>Everything that was put in, valid until <see cref="Clear"/>.</summary>
    /// <param name="time">When a log would have taken it, Unix milliseconds.</param>
    public LogSlice Take(long time)
    {
        _slice.Begin(partition, _bytes.WrittenMemory, _next);
        var at = 0;
        foreach (var (key, value) in _lengths)
        {
            var middle = at + key;
            _slice.Add(_next++, time, at..middle, middle..(at = middle + value));
        }
        return _slice;
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _lengths.Clear();
    }
}
