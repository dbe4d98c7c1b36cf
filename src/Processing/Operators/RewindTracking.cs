using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What the operators that keep windows share about coming back after a restart.</summary>
internal static class RewindTracking
{
    public static WindowSlice? Earliest(IEnumerable<WindowSlice?> slices) => slices.OfType<WindowSlice>().MinBy(s => s.FirstOffset);

    /// <summary>
    /// From when on the windows of a definition are whole: always, unless the stage has run before without it. Then it has not kept what came
    /// earlier, and begins with the first window that starts after everything seen so far.
    /// </summary>
    public static long Since(WindowDefinition definition, Progress? progress) =>
        progress is null ? 0
        : progress.Since.TryGetValue(definition.Id, out var since) ? since
        : definition.Slicing.StartAtOrAfter(progress.MaxTime + 1);
}
