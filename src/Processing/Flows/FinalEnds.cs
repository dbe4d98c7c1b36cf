using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Which ends of a window nobody will publish any more: not the stages that run, nor those that a later change of the windows starts. All of
/// that is known from their progress, whatever processes they run in.
/// </summary>
/// <param name="Last">The last such end, Unix milliseconds; null where there is none.</param>
/// <param name="Why">Why there is none.</param>
public sealed record FinalEnds(long? Last, string? Why)
{
    /// <param name="first">The last progress of the stage <c>windows</c> on each partition; null where there is none.</param>
    /// <param name="second">The same of <c>merge</c>.</param>
    public static FinalEnds Of(WindowPlan window, IReadOnlyList<Progress?> first, IReadOnlyList<Progress?> second)
    {
        var (ids, merged) = (Ids(first), Ids(second));
        if (ids.Concat(merged).FirstOrDefault(id => WindowDefinition.Read(id) is null) is { } unknown)
            return new FinalEnds(null, $"The stages compute a window that this version does not know: {unknown}. Rebuild with the version that they run.");
        var (lateness, mergedLateness) = (Latenesses(window, ids), Latenesses(window, merged));
        var isMerged = window.SpansPartitions || mergedLateness.Count > 0;
        var waitsFor = lateness.Concat(mergedLateness).Append(window.Definition.Lateness).Max() + (isMerged ? WindowRebuild.Overlap : 0);
        IEnumerable<(string Stage, IReadOnlyList<Progress?> On)> stages = isMerged ? [("windows", first), ("merge", second)] : [("windows", first)];
        var least = long.MaxValue;
        foreach (var (stage, on) in stages)
        {
            for (var partition = 0; partition < on.Count; partition++)
            {
                var reached = on[partition] is { } progress ? progress.Reached ?? progress.AtRewind.Time : long.MinValue;
                if (reached == long.MinValue) return new FinalEnds(null, $"The stage {stage} has told of no watermark on partition {partition}. Let it run for some seconds; if it runs, some source does not tick.");
                least = Math.Min(least, reached);
            }
        }
        return new FinalEnds(least - waitsFor, null);
    }

    /// <summary>The definitions that the stages compute, or are about to.</summary>
    private static List<string> Ids(IReadOnlyList<Progress?> progress) =>
        [.. progress.OfType<Progress>().SelectMany(p => p.Since.Keys.Concat(p.Named?.Keys ?? [])).Distinct()];

    /// <summary>Of the definitions of the window's name, which may have been others.</summary>
    private static List<long> Latenesses(WindowPlan window, IEnumerable<string> ids) =>
        [.. ids.Select(id => WindowDefinition.Read(id)!).Where(d => d.Name == window.Definition.Name).Select(d => d.Lateness)];
}
