using System.Text.RegularExpressions;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>Where this program and InfluxDB 1.6.7 disagree on purpose about a line, each with an example.</summary>
internal static partial class InfluxDifferences
{
    /// <summary>Refused here, with the reason that says why; taken there.</summary>
    public static readonly (string Line, string Reason)[] Stricter =
    [
        ("m s=\"text\"", "no number among the values; a text alone cannot be measured"),
        ("m v=1,v=2", "the value 'v' is given twice"), // InfluxDB keeps one and says nothing
        ("m v=1,s=\"a\",s=\"b\"", "a field is given twice"),
        ("m v=1,s=\"a\"b 1", "text after the closing quote"), // InfluxDB drops it and says nothing
        ("m,a==b v=1", "a tag has more than one '='"), // InfluxDB refuses the second one only after the first character
        ("tick v=1", "the kind 'tick' is reserved"),
    ];

    /// <summary>Taken here, refused there.</summary>
    public static readonly string[] Laxer =
    [
        "m v=5u", // InfluxDB takes it from 1.7 on, when it is built so, and 2.x always
        "m v=1 1\r\n",
        @"m a\\,b=1", // InfluxDB reads two backslashes in a field name as a pair here and as two single ones there
    ];

    /// <summary>Whether a disagreement about a line is one of those above.</summary>
    /// <param name="ours">Why the line is refused here, or null.</param>
    public static bool Explain(string line, string? ours) => ours is null
        ? TwoBackslashes().IsMatch(line)
        : IsComment(line) || Stricter.Any(d => NameOf().Replace(d.Reason, "''") == NameOf().Replace(ours, "''"));

    /// <summary>
    /// In a measurement InfluxDB 1.6.7 also takes the backslash off <c>\=</c>, <c>\"</c> and <c>\\,</c>; its documents and InfluxDB 2 do not.
    /// </summary>
    public static bool IsReadOtherwise(Observation point) => point.Kind.Contains('\\');

    /// <summary>Here a comment ends with its line, there it may go on inside quotes.</summary>
    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    [GeneratedRegex(@"\\\\")]
    private static partial Regex TwoBackslashes();

    [GeneratedRegex("'.*'", RegexOptions.Singleline)]
    private static partial Regex NameOf();
}
