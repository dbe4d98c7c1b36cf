using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Host.Configuration;

/// <summary>Numbers of bytes as people write them: <c>64KiB</c>, <c>32MiB</c>, <c>1GiB</c>, <c>2TiB</c>.</summary>
public static partial class ByteSize
{
    /// <summary>For .NET and for JSON Schema alike. The digits are bounded so that no text it takes overflows.</summary>
    public const string Pattern = "^([0-9]{1,6})(K|M|G|T)iB$";

    private const string Units = "KMGT";

    public static bool TryParse(string text, out long bytes)
    {
        var match = Text().Match(text);
        var sound = match.Success && match.Length == text.Length; // $ also matches before a last line feed
        bytes = sound ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) << Shift(match.Groups[2].ValueSpan[0]) : 0;
        return sound;
    }

    /// <summary>The text in the largest unit that fits without a fraction; null where only the plain number says it.</summary>
    public static string? Format(long bytes)
    {
        foreach (var unit in Units.Reverse())
            if (bytes > 0 && bytes % (1L << Shift(unit)) == 0 && bytes >> Shift(unit) < 1_000_000)
                return string.Create(CultureInfo.InvariantCulture, $"{bytes >> Shift(unit)}{unit}iB");
        return null;
    }

    private static int Shift(char unit) => 10 * (Units.IndexOf(unit, StringComparison.Ordinal) + 1);

    [GeneratedRegex(Pattern)]
    private static partial Regex Text();
}
