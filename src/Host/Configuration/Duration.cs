using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Host.Configuration;

/// <summary>Lengths of time as people write them: <c>500ms</c>, <c>60s</c>, <c>1h30m</c>, <c>7d</c>. Whole milliseconds, not negative.</summary>
public static partial class Duration
{
    /// <summary>For .NET and for JSON Schema alike. The digits are bounded so that no text it takes overflows.</summary>
    public const string Pattern = "^(?=[0-9])([0-9]{1,6}d)?([0-9]{1,7}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,9}ms)?$";

    private static readonly TimeSpan[] Units =
        [TimeSpan.FromDays(1), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1)];
    private static readonly string[] Names = ["d", "h", "m", "s", "ms"];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Text().Match(text);
        if (!match.Success || match.Length != text.Length) return false; // $ also matches before a last line feed
        for (var unit = 0; unit < Units.Length; unit++)
            if (match.Groups[unit + 1] is { Success: true, Value: var part })
                duration += Units[unit] * long.Parse(part.AsSpan(0, part.Length - Names[unit].Length), CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads as this duration; what is finer than a millisecond is cut off.</summary>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var text = "";
        for (var unit = 0; unit < Units.Length; unit++)
        {
            var count = duration.Ticks / Units[unit].Ticks;
            if (count > 0) text += string.Create(CultureInfo.InvariantCulture, $"{count}{Names[unit]}");
            duration -= Units[unit] * count;
        }
        return text.Length == 0 ? "0s" : text;
    }

    [GeneratedRegex(Pattern)]
    private static partial Regex Text();
}
