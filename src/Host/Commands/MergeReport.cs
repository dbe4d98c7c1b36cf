using System.Globalization;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Host.Commands;

/// <summary>Merged results as text.</summary>
internal static class MergeReport
{
    /// <summary>What says little of more than one window.</summary>
    private static readonly HashSet<string> NotShown = ["sum", "first", "last", "rate"];

    public static void WriteJson(MergedResults merged, TextWriter to)
    {
        foreach (var group in merged.Groups) to.WriteLine(JsonSerializer.Serialize(group.Result, WireFormat.Records.WindowResult));
    }

    /// <summary>A row for each group, and a column for each figure that one of them has.</summary>
    public static void Write(MergedResults merged, TextWriter to)
    {
        if (merged.Groups.Count == 0) return;
        var figures = merged.Groups.Select(g => ResultFigures.Of(g.Result).Where(f => !NotShown.Contains(f.Key)).ToDictionary()).ToList();
        var names = figures.SelectMany(f => f.Keys).Distinct().ToList();
        List<string[]> rows = [["metric", "labels", "from", "to", "results", .. names]];
        foreach (var (group, figure) in merged.Groups.Zip(figures))
            rows.Add([group.Result.Metric, $"{group.Result.Labels}", UnixTime.ToRfc3339(group.Result.Start), UnixTime.ToRfc3339(group.Result.End), $"{group.Parts}", .. names.Select(n => Number(figure, n))]);
        var widths = rows[0].Select((_, column) => rows.Max(r => r[column].Length)).ToList();
        foreach (var row in rows)
            to.WriteLine(string.Join("  ", row.Select((text, column) => column < 2 ? text.PadRight(widths[column]) : text.PadLeft(widths[column]))));
    }

    /// <summary>Sentences about what is not in it.</summary>
    public static IEnumerable<string> LeftOut(MergedResults merged)
    {
        var left = merged.LeftOut;
        if (merged.Groups.Count == 0) yield return "No results: see 'pipeline check' for the windows there are, and choose a longer time with --from.";
        if (left.Overlapping > 0) yield return $"{left.Overlapping} results overlap others, and their samples are counted there.";
        if (left.Unlabelled > 0) yield return $"{left.Unlabelled} results were left out, since they lack a label that --by names.";
        if (left.WithoutSketch > 0) yield return $"{left.WithoutSketch} results were left out, since they carry no sketch (\"sketch\": false).";
        if (left.Unreadable > 0) yield return $"{left.Unreadable} records were left out, since they could not be read.";
    }

    private static string Number(Dictionary<string, double> figures, string name) =>
        figures.TryGetValue(name, out var figure) ? figure.ToString("G6", CultureInfo.InvariantCulture) : "";
}
