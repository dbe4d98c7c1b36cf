using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pipeline.Ingest.Probes;

/// <summary>A set of HTTP status codes, written as <c>200-299,304</c>.</summary>
public sealed class StatusRanges
{
    private readonly IReadOnlyList<(int First, int Last)> _ranges;

    private StatusRanges(IReadOnlyList<(int First, int Last)> ranges) => _ranges = ranges;

    public bool Contains(int status) => _ranges.Any(r => status >= r.First && status <= r.Last);

    public static bool TryParse(string text, [NotNullWhen(true)] out StatusRanges? ranges)
    {
        ranges = null;
        var list = new List<(int First, int Last)>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryParseCode(ends[0], out var first) || !TryParseCode(ends[^1], out var last) || first > last)
                return false;
            list.Add((first, last));
        }
        ranges = new StatusRanges(list);
        return true;
    }

    private static bool TryParseCode(string text, out int code) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
