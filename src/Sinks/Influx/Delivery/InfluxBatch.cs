using System.Buffers;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>Lines on their way, with the offsets of the records that they are made of. Filled, sent, cleared, filled again.</summary>
public sealed class InfluxBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly List<(long Offset, int End)> _lines = [];

    public int Count => _lines.Count;
    public ReadOnlyMemory<byte> Lines => _bytes.WrittenMemory;

    public void Add(long offset, WindowResult result)
    {
        WindowLine.Write(_bytes, result);
        _lines.Add((offset, _bytes.WrittenCount));
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _lines.Clear();
    }

    /// <summary>The offset of the record that a line is made of.</summary>
    public long OffsetOf(int line) => _lines[line].Offset;

    /// <summary>Some of the lines, in the order given.</summary>
    public ReadOnlyMemory<byte> Only(IReadOnlyList<int> lines)
    {
        if (lines.Count == Count) return Lines;
        var some = new ArrayBufferWriter<byte>();
        foreach (var line in lines) some.Write(Line(line));
        return some.WrittenMemory;
    }

    /// <summary>
    /// Two parts, neither empty, that narrow down what was refused: the measurement that the server names and the others, else two halves.
    /// All lines of one series stay in their order.
    /// </summary>
    /// <param name="lines">At least two.</param>
    public (int[] First, int[] Second) Split(int[] lines, string words)
    {
        if (InfluxWords.ConflictIn(words) is { } conflict)
        {
            var named = WindowLine.Measurement(conflict.Measurement);
            var parts = lines.ToLookup(l => IsOf(Line(l), named));
            if (parts.Count == 2) return ([.. parts[false]], [.. parts[true]]);
        }
        return (lines[..(lines.Length / 2)], lines[(lines.Length / 2)..]);
    }

    private static bool IsOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> measurement) =>
        line.StartsWith(measurement) && line[measurement.Length] is (byte)',' or (byte)' ';

    private ReadOnlySpan<byte> Line(int index)
    {
        var start = index == 0 ? 0 : _lines[index - 1].End;
        return _bytes.WrittenSpan[start.._lines[index].End];
    }
}
