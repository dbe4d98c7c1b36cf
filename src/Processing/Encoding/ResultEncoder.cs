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
        Arrays.Renew(ref _bytes, room);
        var json = new JsonText(_bytes);
        json.Text(head);
        json.Number(run.StartOf(row));
        json.Field(",\"end\":"u8, run.End);
        json.Field(",\"revision\":"u8, (long)row.Revision);
        Write(ref json, row.Figures);
        json.Text(",\"quantiles\":{"u8);
        for (var i = 0; i < quantiles.Length; i++) json.Field(run.Definition.QuantileFields[i], quantiles[i]);
        json.Text("},\"sketch\":\""u8);
        json.Base64(sketch);
        json.Text("\""u8);
        if (further is not null) FurtherFiguresText.Write(ref json, further, run.Definition.Statistics!);
        if (run.NodeField is { } node) json.Text(node);
        json.Text("}"u8);
        return new EncodedResult(group.Key, _bytes.AsSpan(0, json.Length), group.Encoded.Partition);
    }

    private static void Write(ref JsonText json, in WindowFigures figures)
    {
        json.Field(",\"count\":"u8, figures.Count);
        json.Field(",\"sum\":"u8, figures.Sum);
        json.Field(",\"min\":"u8, figures.Min);
        json.Field(",\"max\":"u8, figures.Max);
        json.Field(",\"mean\":"u8, figures.Mean);
        json.Field(",\"first\":"u8, figures.First);
        json.Field(",\"firstTime\":"u8, figures.FirstTime);
        json.Field(",\"last\":"u8, figures.Last);
        json.Field(",\"lastTime\":"u8, figures.LastTime);
        if (figures.Rate is { } rate) json.Field(",\"rate\":"u8, rate);
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
