using Pipeline.Contracts;

namespace Pipeline.Host.Commands;

/// <summary>What became of the results of one window.</summary>
internal sealed class WindowComparison(string window)
{
    private const int MaxExamples = 3;

    private readonly SortedDictionary<string, FigureComparison> _figures = new(StringComparer.Ordinal);
    private readonly List<ResultExample> _examples = [];

    public string Window => window;
    public long Same { get; private set; }
    public long Different { get; private set; }
    public long OnlyOld { get; private set; }
    public long OnlyNew { get; private set; }

    /// <summary>By name, of the results that both have.</summary>
    public IReadOnlyDictionary<string, FigureComparison> Figures => _figures;

    /// <summary>The first that are not the same.</summary>
    public IReadOnlyList<ResultExample> Examples => _examples;

    public void Add(WindowResult? old, WindowResult? @new)
    {
        var changes = ResultFigures.Changes(old, @new);
        if (old is null) OnlyNew++;
        else if (@new is null) OnlyOld++;
        else if (old.Start == @new.Start && changes.Count == 0) { Same++; return; }
        else Add(changes);
        if (_examples.Count < MaxExamples) _examples.Add(ResultExample.Of(old, @new, changes));
    }

    private void Add(IReadOnlyDictionary<string, FigureChange> changes)
    {
        Different++;
        foreach (var (name, change) in changes)
        {
            var known = _figures.GetValueOrDefault(name) ?? new FigureComparison(0, null);
            var largest = change.Relative is { } relative ? Math.Max(known.Largest ?? 0, relative) : known.Largest;
            _figures[name] = new FigureComparison(known.Results + 1, largest);
        }
    }
}

/// <summary>In how many results a figure differs.</summary>
/// <param name="Largest">By how much at most, as a share of the larger one; null where in none of them both have it.</param>
internal sealed record FigureComparison(long Results, double? Largest);

/// <summary>A result that is not the same under both configurations.</summary>
/// <param name="End">RFC 3339.</param>
/// <param name="Only">"old" or "new" where only one has it.</param>
/// <param name="Figures">Those that differ; all of them where only one has it.</param>
internal sealed record ResultExample(string End, string Metric, string Labels, string? Only, IReadOnlyDictionary<string, FigureChange> Figures)
{
    public static ResultExample Of(WindowResult? old, WindowResult? @new, IReadOnlyDictionary<string, FigureChange> changes)
    {
        var any = (old ?? @new)!;
        return new ResultExample(UnixTime.ToRfc3339(any.End), any.Metric, any.Labels.ToString(), old is null ? "new" : @new is null ? "old" : null, changes);
    }
}
