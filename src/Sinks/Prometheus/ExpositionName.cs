namespace Pipeline.Sinks;

/// <summary>Names as Prometheus can write them: letters, digits and underscores.</summary>
internal static class ExpositionName
{
    public static string OfMetric(string name) => Of(name);

    /// <summary>Names that begin with two underscores are Prometheus' own.</summary>
    public static string OfLabel(string name) => Of(name) is var made && made.StartsWith("__", StringComparison.Ordinal) ? "label" + made : made;

    private static string Of(string name)
    {
        if (name.Length == 0) return "_";
        var made = string.Create(name.Length, name, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
        });
        return char.IsAsciiDigit(made[0]) ? "_" + made : made;
    }
}
