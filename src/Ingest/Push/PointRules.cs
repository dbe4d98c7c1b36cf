using System.Text.Unicode;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>
/// What every pushed observation must keep to, whatever its format. Each check returns what is wrong, or null. Not for two threads at once.
/// </summary>
internal sealed class PointRules(PushTarget target, PushOptions options)
{
    /// <summary>Up to so many values, comparing each with each is faster than a set.</summary>
    private const int Few = 16;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public string? CheckLine(ReadOnlySpan<byte> line)
    {
        if (line.Length <= options.MaxLineBytes) return Utf8.IsValid(line) ? null : "not valid UTF-8";
        return $"the line has {line.Length} bytes; push.maxLineBytes allows {options.MaxLineBytes}";
    }

    public string? CheckCounts(int labels, int values, int attributes)
    {
        if (labels > options.MaxLabels) return $"{labels} labels; push.maxLabels allows {options.MaxLabels}";
        var fields = values + attributes;
        return fields <= options.MaxValues ? null : $"{fields} values and attributes; push.maxValues allows {options.MaxValues}";
    }

    /// <param name="given">How many labels were written; more than there are means that one was written twice.</param>
    public string? CheckSeries(string kind, LabelSet labels, int given)
    {
        if (kind.Length == 0) return "the kind is empty";
        if (kind == Tick.KindOfTick) return $"the kind '{Tick.KindOfTick}' is reserved";
        if (labels.Count != given) return "a label is given twice";
        var length = kind.Length;
        foreach (var (name, text) in labels)
        {
            if (CheckName(name) is { } wrong) return wrong;
            if (text.Length == 0) return $"the label '{Excerpt.Of(name)}' is empty";
            length += name.Length + text.Length;
        }
        if (length <= options.MaxLabelLength) return null;
        return $"labels of {length} characters; push.maxLabelLength allows {options.MaxLabelLength}";
    }

    public string? CheckValues(List<Measurement> values)
    {
        if (values.Count == 0) return "no number among the values; a text alone cannot be measured";
        _seen.Clear();
        for (var i = 0; i < values.Count; i++)
        {
            var name = values[i].Name;
            var isTwice = values.Count > Few ? !_seen.Add(name) : Contains(values, i, name);
            if (isTwice) return $"the value '{Excerpt.Of(name)}' is given twice";
        }
        return null;
    }

    /// <summary>Names of values, attributes and labels.</summary>
    public static string? CheckName(string name) => name switch
    {
        "" => "a name is empty",
        "time" => "'time' may not be a name: InfluxDB has no such tag or field",
        _ => null,
    };

    /// <param name="given">The key that the sender chose, if any.</param>
    public string? CheckKey(string kind, LabelSet labels, string? given, out string key)
    {
        key = given ?? labels[options.Key] ?? labels.ToString();
        if (!target.KeyLabels.TryGetValue(kind, out var label)) return null;
        if (labels[label] is not { } entity) return $"the kind '{kind}' needs the label '{label}', which keys its records";
        if (given is not null && given != entity) return $"the kind '{kind}' is keyed by its label '{label}' alone";
        key = entity;
        return null;
    }

    private static bool Contains(List<Measurement> values, int count, string name)
    {
        for (var i = 0; i < count; i++)
            if (values[i].Name == name) return true;
        return false;
    }
}
