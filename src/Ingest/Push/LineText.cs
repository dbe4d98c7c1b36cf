using System.Buffers;
using System.Text;

namespace Pipeline.Ingest.Push;

/// <summary>Escapes of line protocol. Outside quotes a backslash escapes the separator after it and is itself otherwise.</summary>
internal static class LineText
{
    /// <summary>What a backslash may escape, by place.</summary>
    public static ReadOnlySpan<byte> InMeasurement => ", "u8;
    public static ReadOnlySpan<byte> InTag => ",= "u8;
    public static ReadOnlySpan<byte> InFieldName => ",= \""u8;
    public static ReadOnlySpan<byte> InQuotes => "\"\\"u8;

    public static int IndexOfUnescaped(ReadOnlySpan<byte> text, byte separator) =>
        IndexOfUnescaped(text, new ReadOnlySpan<byte>(in separator));

    /// <summary>The first separator that no backslash stands before, or -1.</summary>
    public static int IndexOfUnescaped(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separators)
    {
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOfAny(separators);
            if (next < 0) return -1;
            at += next;
            if (at == 0 || text[at - 1] != '\\') return at;
        }
    }

    /// <summary>Where the quoted text ends, whose opening quote stands before <paramref name="text"/>; -1 if it does not end.</summary>
    public static int IndexOfClosingQuote(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at += 2)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return -1;
            at += next;
            if (text[at] == '"') return at;
        }
        return -1;
    }

    /// <summary>The text without its escapes.</summary>
    /// <param name="raw">Valid UTF-8.</param>
    public static string Unescape(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> escapable)
    {
        if (!raw.Contains((byte)'\\')) return Encoding.UTF8.GetString(raw);
        var plain = ArrayPool<byte>.Shared.Rent(raw.Length);
        var length = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '\\' && at + 1 < raw.Length && escapable.Contains(raw[at + 1])) at++;
            plain[length++] = raw[at];
        }
        var text = Encoding.UTF8.GetString(plain, 0, length);
        ArrayPool<byte>.Shared.Return(plain);
        return text;
    }
}
