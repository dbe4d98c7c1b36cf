using Pipeline.Contracts;

namespace Pipeline.Host.Commands;

/// <summary>The numbers of a result by their names.</summary>
internal static class ResultFigures
{
    public static IEnumerable<KeyValuePair<string, double>> Of(WindowResult result)
    {
        (string, double?)[] figures =
        [
            ("count", result.Count), ("sum", result.Sum), ("min", result.Min), ("max", result.Max), ("mean", result.Mean),
            ("first", result.First), ("last", result.Last), ("rate", result.Rate),
            ("standardDeviation", result.StandardDeviation), ("increase", result.Increase), ("increaseRate", result.IncreaseRate),
            ("distinct", result.Distinct), ("ewma", result.Ewma),
            ("baseline", result.Baseline), ("change", result.Change), ("baselineDays", result.BaselineDays),
        ];
        foreach (var (name, value) in figures)
            if (value is { } number) yield return KeyValuePair.Create(name, number);
        foreach (var (rank, value) in result.Quantiles) yield return KeyValuePair.Create("p" + rank, value);
        foreach (var (threshold, share) in result.Above ?? new Dictionary<string, double>()) yield return KeyValuePair.Create("above" + threshold, share);
    }

    /// <summary>The figures that are not the same, or that only one has; by name, before and after. All of them where there is only one result.</summary>
    public static IReadOnlyDictionary<string, FigureChange> Changes(WindowResult? old, WindowResult? @new)
    {
        var (before, after) = (All(old), All(@new));
        return before.Keys.Union(after.Keys)
            .Select(name => (Name: name, Change: new FigureChange(Get(before, name), Get(after, name))))
            .Where(c => c.Change.Old != c.Change.New)
            .ToDictionary(c => c.Name, c => c.Change);
    }

    private static Dictionary<string, double> All(WindowResult? result) => result is null ? [] : Of(result).ToDictionary();

    private static double? Get(Dictionary<string, double> figures, string name) => figures.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A number under both configurations; null where there is none.</summary>
internal sealed record FigureChange(double? Old, double? New)
{
    /// <summary>The difference as a share of the larger, 0 to 2; null where one is missing.</summary>
    public double? Relative => Old is { } old && New is { } @new ? Math.Abs(@new - old) / Math.Max(Math.Abs(old), Math.Abs(@new)) : null;
}
