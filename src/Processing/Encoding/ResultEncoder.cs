using System.Buffers.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Writes results as <see cref="WindowResult"/> is written, field by field, into a buffer that is used again. What does not change from
/// one result of a group to the next is written once.
/// </summary>
internal sealed class ResultEncoder(int partitions)
{
    /// <summary>Enough for the names and numbers that are always there.</summary>
    private const int Fixed = 512;

    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>The key, the value and where they belong. Valid until the next call.</summary>
    public EncodedResult Encode(ResultRun run, int index)
    {
        var group = run.GroupOf(index);
        group.Encoded ??= new GroupText(Partitioner.Of(group.Key, partitions), Head(run.Definition, group));
        ref readonly var row = ref run.RowOf(index);
        var head = group.Encoded.Head;
        var quantiles = run.Quantiles(index);
        var sketch = run.SketchOf(index);
        var room = head.Length + Fixed + quantiles.Length * (32 + ShortestDouble.MaxLength) + Base64.GetMaxEncodedToUtf8Length(sketch.Length);
        var further = run.Further(index);
        if (further is not null) room += FurtherFiguresText.MaxLength(further);
        if (_bytes.Length < room) _bytes = new byte[room * 2];
        _length = 0;
        Text(head);
        Number(run.StartOf(row));
        Text(",\"end\":"u8);
        Number(run.End);
        Text(",\"revision\":"u8);
        Number(row.Revision);
        Write(row.Figures);
        Text(",\"quantiles\":{"u8);
        for (var i = 0; i < quantiles.Length; i++) Field(run.Definition.QuantileFields[i], quantiles[i]);
        Text("},\"sketch\":\""u8);
        Base64.EncodeToUtf8(sketch, _bytes.AsSpan(_length), out _, out var written);
        _length += written;
        _bytes[_length++] = (byte)'"';
        if (further is not null) _length += FurtherFiguresText.Write(_bytes.AsSpan(_length), further, run.Definition.Statistics!);
        if (run.NodeField is { } node) Text(node);
        _bytes[_length++] = (byte)'}';
        return new EncodedResult(group.Key, _bytes.AsSpan(0, _length), group.Encoded.Partition);
    }

    private void Write(in WindowFigures figures)
    {
        Text(",\"count\":"u8);
        Number(figures.Count);
        Field(",\"sum\":"u8, figures.Sum);
        Field(",\"min\":"u8, figures.Min);
        Field(",\"max\":"u8, figures.Max);
        Field(",\"mean\":"u8, figures.Mean);
        Field(",\"first\":"u8, figures.First);
        Text(",\"firstTime\":"u8);
        Number(figures.FirstTime);
        Field(",\"last\":"u8, figures.Last);
        Text(",\"lastTime\":"u8);
        Number(figures.LastTime);
        if (figures.Rate is { } rate) Field(",\"rate\":"u8, rate);
    }

    private void Field(ReadOnlySpan<byte> name, double value)
    {
        Text(name);
        _length += ShortestDouble.Write(_bytes.AsSpan(_length), value);
    }

    private void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Up to the name of the first field that changes.</summary>
    private static byte[] Head(WindowDefinition definition, WindowGroup group)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireFormat.Records.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("window"u8, definition.Name);
            json.WriteString("metric"u8, group.Metric);
            json.WriteStartObject("labels"u8);
            foreach (var (name, text) in group.Labels) json.WriteString(name, text);
            json.WriteEndObject();
            if (definition.KindOnWire is { } kind) json.WriteString("kind"u8, kind);
            json.WriteEndObject();
        }
        return [.. bytes.ToArray().AsSpan()[..^1], .. ",\"start\":"u8];
    }
}

/// <summary>What of a group's results is always the same.</summary>
/// <param name="Partition">Where its key belongs.</param>
internal sealed record GroupText(int Partition, byte[] Head);

/// <summary>A result as a record.</summary>
internal readonly ref struct EncodedResult(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int partition)
{
    public ReadOnlySpan<byte> Key { get; } = key;
    public ReadOnlySpan<byte> Value { get; } = value;
    public int Partition { get; } = partition;
}
