using System.Runtime.InteropServices;
using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>A topic's name and the headers of its records, as librdkafka takes them.</summary>
internal sealed unsafe class TopicForm
{
    private readonly (byte[] Name, byte[] Value)[] _headers;

    public TopicForm(string topic, RecordKind kind)
    {
        Name = Pinned(topic);
        IsDeadLetter = kind.IsDeadLetter;
        _headers = [.. kind.Headers(topic).Select(h => (Text(h.Name), Text(h.Value)))];
    }

    /// <summary>With a zero behind it; lives as long as the process.</summary>
    public byte* Name { get; }

    public bool IsDeadLetter { get; }

    /// <summary>New headers, for whoever takes them to destroy.</summary>
    public nint Headers(RecordIds ids)
    {
        var headers = Librdkafka.HeadersNew((nuint)_headers.Length + 1);
        foreach (var (name, value) in _headers) Add(headers, name, value);
        Add(headers, "ce_id"u8, ids.Next());
        return headers;
    }

    public static void Add(nint headers, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        fixed (byte* nameBytes = name, valueBytes = value)
            _ = Librdkafka.HeaderAdd(headers, nameBytes, name.Length, valueBytes, value.Length);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte* Pinned(string topic)
    {
        var bytes = Text(topic);
        var pinned = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(pinned, bytes.Length));
        return pinned;
    }
}
