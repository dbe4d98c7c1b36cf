using System.Text.Json;

namespace Pipeline.Ingest.Push;

/// <summary>The time of a JSON observation: Unix milliseconds as a whole number, or RFC 3339 text.</summary>
internal static class JsonTime
{
    private const string Wrong = "'time' is neither whole Unix milliseconds nor RFC 3339 text with an offset";

    /// <param name="milliseconds">Unix time, rounded down.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(ref Utf8JsonReader json, out long milliseconds)
    {
        milliseconds = 0;
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var count))
            return Precision.Milliseconds.ToMilliseconds(count, out milliseconds);
        if (json.TokenType != JsonTokenType.String || !HasOffset(json.ValueSpan) || !json.TryGetDateTimeOffset(out var time)) return Wrong;
        return Precision.Milliseconds.ToMilliseconds(time.ToUnixTimeMilliseconds(), out milliseconds);
    }

    /// <summary>Without an offset the reader would take the time zone of this machine.</summary>
    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length >= "2026-01-01T00:00Z".Length && (text[^1] == 'Z' || text[^6] is (byte)'+' or (byte)'-');
}
