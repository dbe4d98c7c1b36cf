using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Testing;

/// <summary>Makes slices as a transport fills them. Offsets go on from slice to slice.</summary>
public sealed class SliceBuilder(string topic, int partition = 0)
{
    private readonly List<(byte[] Key, byte[] Value, long Time)> _records = [];
    private long _next;

    /// <summary>The offset of the first record.</summary>
    public long From { init => _next = value; }

    /// <param name="time">When the log took it, Unix milliseconds.</param>
    public SliceBuilder Add(string key, byte[] value, long time = 0)
    {
        _records.Add((Encoding.UTF8.GetBytes(key), value, time));
        return this;
    }

    public SliceBuilder Add(string key, string value, long time = 0) => Add(key, Encoding.UTF8.GetBytes(value), time);

    /// <summary>What was added since the last slice.</summary>
    public LogSlice Build()
    {
        var slice = new LogSlice();
        slice.Begin(new TopicPartition(topic, partition), _records.SelectMany(r => r.Key.Concat(r.Value)).ToArray(), _next);
        var at = 0;
        foreach (var (key, value, time) in _records)
        {
            var middle = at + key.Length;
            slice.Add(_next++, time, at..middle, middle..(at = middle + value.Length));
        }
        _records.Clear();
        return slice;
    }
}
