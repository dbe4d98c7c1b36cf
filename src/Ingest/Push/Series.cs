using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>What all points of one measurement and tag set have alike.</summary>
internal sealed record Series(string Kind, string Key, LabelSet Labels)
{
    /// <summary>Reads measurement and tags, <c>cpu,host=a,core=1</c>.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Parse(ReadOnlySpan<byte> text, PointRules rules, out Series series)
    {
        series = null!;
        var end = LineText.IndexOfUnescaped(text, (byte)',');
        var kind = LineText.Unescape(end < 0 ? text : text[..end], LineText.InMeasurement);
        if (kind.Length == 0) return "missing measurement";
        List<KeyValuePair<string, string>> tags = [];
        if (end >= 0 && ParseTags(text[(end + 1)..], tags) is { } wrongTag) return wrongTag;
        if (rules.CheckCounts(tags.Count, 0, 0) is { } tooMany) return tooMany;
        var labels = LabelSet.Of(tags);
        if (rules.CheckSeries(kind, labels, tags.Count) is { } wrong) return wrong;
        if (rules.CheckKey(kind, labels, given: null, out var key) is { } wrongKey) return wrongKey;
        series = new Series(kind, key, labels);
        return null;
    }

    private static string? ParseTags(ReadOnlySpan<byte> rest, List<KeyValuePair<string, string>> tags)
    {
        while (true)
        {
            var end = LineText.IndexOfUnescaped(rest, (byte)',');
            var tag = end < 0 ? rest : rest[..end];
            var equals = LineText.IndexOfUnescaped(tag, (byte)'=');
            if (equals == 0 || tag.IsEmpty) return "missing tag name";
            if (equals < 0 || equals == tag.Length - 1) return "missing tag value";
            if (LineText.IndexOfUnescaped(tag[(equals + 1)..], (byte)'=') >= 0) return "a tag has more than one '='";
            var name = LineText.Unescape(tag[..equals], LineText.InTag);
            tags.Add(KeyValuePair.Create(name, LineText.Unescape(tag[(equals + 1)..], LineText.InTag)));
            if (end < 0) return null;
            rest = rest[(end + 1)..];
        }
    }
}
