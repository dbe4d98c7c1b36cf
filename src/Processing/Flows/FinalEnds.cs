using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Which ends of a window nobody will publish any more: not the stages that run, nor those that a later change of the windows starts. All of
/// that is known from what they have written, whatever processes they run in.
/// </summary>
/// <param name="Last">The last such end, Unix milliseconds; null where there is none.</param>
/// <param name="Why">Why there is none.</param>
public sealed record FinalEnds(long? Last, string? Why)
{
    /// <param name="first">The last progress of the stage <c>windows</c> on each partition; null where there is none.</param>
    /// <param name="second">The same of <c>merge</c>.</param>
    /// <param name="named">The definitions that its input names from where it would rewind to: it may still publish those of its earlier past.</param>
    public static FinalEnds Of(WindowPlan window, IReadOnlyList<Progress?> first, IReadOnlyList<Progress?> second, IEnumerable<string> named)
    {
        List<string> computed = Ids(first), merged = [.. Ids(second).Union(named)];
        if (computed.Concat(merged).FirstOrDefault(id => WindowDefinition.Read(id) is null) is { } unknown)
            return new FinalEnds(null, $"The stages compute a window that this version does not know: {unknown}. Rebuild with the version that they run.");
        var isMerged = window.IsMerged || Latenesses(window, merged).Any();
        var waitsFor = Latenesses(window, computed.Concat(merged)).Append(window.Definition.Lateness).Max() + (isMerged ? WindowRebuild.Overlap : 0);
        var stages = first.Select((progress, p) => (Stage: "windows", Partition: p, Progress: progress));
        if (isMerged) stages = stages.Concat(second.Select((progress, p) => (Stage: "merge", Partition: p, Progress: progress)));
        var slowest = stages.MinBy(s => Reached(s.Progress));
        return Reached(slowest.Progress) is > long.MinValue and var reached
            ? new FinalEnds(reached - waitsFor, null)
            : new FinalEnds(null, $"The stage {slowest.Stage} has told of no watermark on partition {slowest.Partition}. Let it run for some seconds; if it runs, some source does not tick.");
    }

    private static long Reached(Progress? progress) => progress is null ? long.MinValue : progress.Reached ?? progress.AtRewind.Time;

    private static List<string> Ids(IReadOnlyList<Progress?> progress) =>
        [.. progress.OfType<Progress>().SelectMany(p => p.Since.Keys.Concat(p.Named?.Keys ?? [])).Distinct()];

    /// <summary>Of the definitions of the window's name, which may be others.</summary>
    private static IEnumerable<long> Latenesses(WindowPlan window, IEnumerable<string> ids) =>
        ids.Select(id => WindowDefinition.Read(id)!).Where(d => d.Name == window.Definition.Name).Select(d => d.Lateness);
}
