using System.Text;

namespace Pipeline.Ingest.Push;

/// <summary>The beginning of what was sent, short enough for an error message.</summary>
internal static class Excerpt
{
    private const int Length = 80;

    public static string Of(ReadOnlySpan<byte> bytes) => Of(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * Length)]));

    public static string Of(string text)
    {
        if (text.Length <= Length) return text;
        var end = char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length;
        return text[..end] + "…";
    }
}
