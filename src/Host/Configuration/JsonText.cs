using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Host.Configuration;

/// <summary>Makes a document of bytes, or names the line and column that stand in the way.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, ProblemList problems)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        var before = problems.Count;
        if (FirstInvalidByte(utf8.Span) is { } at)
            problems.Add(Place(utf8.Span, at), "is not UTF-8", "Save the file as UTF-8.");
        else
            Scan(utf8.Span, problems);
        return problems.Count == before ? JsonDocument.Parse(utf8, Lenient) : null;
    }

    private static int? FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        for (var at = 0; at < utf8.Length;)
        {
            if (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) != OperationStatus.Done) return at;
            at += length;
        }
        return null;
    }

    private static void Scan(ReadOnlySpan<byte> utf8, ProblemList problems)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
                if (reader.ValueIsEscaped) reader.GetString();
        }
        catch (JsonException e)
        {
            var line = LineStart(utf8, e.LineNumber ?? 0);
            problems.Add(Place(utf8, line + (int)(e.BytePositionInLine ?? 0)), $"is not JSON: {Reason(e)}", "Correct the text there.");
        }
        catch (InvalidOperationException) // half of a surrogate pair, which no text can hold
        {
            problems.Add(Place(utf8, (int)reader.TokenStartIndex), "holds an incomplete \\u escape", "Write the character itself.");
        }
    }

    private static string Reason(JsonException e) => e.Message.Split(" LineNumber: ")[0].TrimEnd('.');

    private static int LineStart(ReadOnlySpan<byte> utf8, long line)
    {
        var start = 0;
        for (; line > 0; line--) start += utf8[start..].IndexOf((byte)'\n') + 1;
        return start;
    }

    private static string Place(ReadOnlySpan<byte> utf8, int at)
    {
        var before = utf8[..at];
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"line {before.Count((byte)'\n') + 1}, column {column}";
    }
}
