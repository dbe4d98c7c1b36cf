using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Sinks;

/// <summary>Server-sent events, ready to be sent. Begins with a comment: the heartbeat.</summary>
internal sealed class EventFrame
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    public EventFrame() => _bytes.Write(":\n\n"u8);

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>JSON has no line breaks of its own, so one line of data holds it.</summary>
    public EventFrame Add(string name, Action<Utf8JsonWriter> write)
    {
        Encoding.UTF8.GetBytes($"event: {name}\ndata: ", _bytes);
        using (var json = new Utf8JsonWriter(_bytes, LiveJson.Options)) write(json);
        _bytes.Write("\n\n"u8);
        return this;
    }

    public EventFrame AddWindows(IReadOnlyList<LivePoint> points) => Add("windows", json =>
    {
        json.WriteStartArray();
        foreach (var point in points) WindowJson.Write(json, point);
        json.WriteEndArray();
    });

    public EventFrame Add(ReadOnlyMemory<byte> events)
    {
        _bytes.Write(events.Span);
        return this;
    }
}
