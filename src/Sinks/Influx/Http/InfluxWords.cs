using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.Sinks.Influx;

/// <summary>What the servers of all versions mean by what they say.</summary>
public static partial class InfluxWords
{
    private const int MaxLength = 1000;

    /// <summary>
    /// A 400 is about the points only where it says so: a request without an organisation, for example, gets one too, and then nothing is
    /// wrong with any point.
    /// </summary>
    public static InfluxAnswer Read(int status, string body, TimeSpan? retryAfter)
    {
        if (status is >= 200 and < 300) return InfluxAnswer.Stored;
        var text = MessageIn(body);
        var words = $"{status} {(text.Length > MaxLength ? text[..MaxLength] : text)}".TrimEnd();
        var isAboutPoints = status is 413 or 422 || (status == 400 && AboutPoints().IsMatch(text));
        return isAboutPoints
            ? new InfluxAnswer(InfluxOutcome.Refused, words, DroppedIn(text))
            : new InfluxAnswer(InfluxOutcome.Unavailable, words, RetryAfter: retryAfter);
    }

    /// <summary>The field whose type clashes, and its measurement, where the words are about that.</summary>
    public static (string Measurement, string Field)? ConflictIn(string words) =>
        Conflict().Match(words) is { Success: true } found ? (found.Groups[2].Value, found.Groups[1].Value) : null;

    private static int DroppedIn(string text) =>
        Dropped().Match(text) is { Success: true } found && int.TryParse(found.Groups[1].Value, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static string MessageIn(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return body;
            var message = json.RootElement.TryGetProperty("error", out var error) || json.RootElement.TryGetProperty("message", out error) ? error.ToString() : body;
            return json.RootElement.TryGetProperty("data", out var data) ? $"{message}: {data}" : message; // InfluxDB 3 says there which lines
        }
        catch (JsonException)
        {
            return body; // a proxy's page, or an echo of bad lines that was cut off
        }
    }

    [GeneratedRegex("partial write|unable to parse")]
    private static partial Regex AboutPoints();

    [GeneratedRegex(@"dropped[= ](\d+)", RegexOptions.RightToLeft)]
    private static partial Regex Dropped();

    [GeneratedRegex("field type conflict: input field \"(.+?)\" on measurement \"(.+?)\" is type")]
    private static partial Regex Conflict();
}
