using Pipeline.Processing;

namespace Pipeline.Host.Retune;

/// <summary>What differs between two lists of windows.</summary>
internal static class WindowChanges
{
    /// <summary>For people, like <c>added a, changed b, removed c</c>; empty where they compute the same.</summary>
    public static string Of(IReadOnlyList<WindowOptions> before, IReadOnlyList<WindowOptions> now)
    {
        var (old, wanted) = (Ids(before), Ids(now));
        var added = wanted.Keys.Except(old.Keys).Select(n => $"added {n}");
        var changed = wanted.Where(w => old.TryGetValue(w.Key, out var id) && id != w.Value).Select(w => $"changed {w.Key}");
        var removed = old.Keys.Except(wanted.Keys).Select(n => $"removed {n}");
        return string.Join(", ", added.Concat(changed).Concat(removed));
    }

    private static Dictionary<string, string> Ids(IReadOnlyList<WindowOptions> windows) =>
        WindowPlan.Of(windows, BuiltInMetrics.KeyLabels).ToDictionary(w => w.Definition.Name, w => w.Definition.Id);
}
