using Pipeline.Processing;

namespace Pipeline.Host.Commands;

/// <summary>The windows in which two configurations differ, by their definitions: that of a long window says what it is put together from.</summary>
/// <param name="Old">With only the windows that are removed or changed, and those that they are put together from.</param>
/// <param name="New">With only the windows that are added or changed, and those that they are put together from.</param>
/// <param name="Unchanged">The names of the windows that both define alike.</param>
internal sealed record ChangedWindows(PipelineOptions Old, PipelineOptions New, IReadOnlyList<string> Unchanged)
{
    public IReadOnlyList<string> Removed => Others(Old, New);
    public IReadOnlyList<string> Added => Others(New, Old);

    public static ChangedWindows Between(PipelineOptions old, PipelineOptions @new)
    {
        HashSet<string> alike = old.Processing == @new.Processing ? [.. Definitions(old).IntersectBy(Definitions(@new).Select(d => d.Id), d => d.Id).Select(d => d.Name)] : [];
        PipelineOptions Changed(PipelineOptions options)
        {
            var changed = options.Windows.Where(w => !alike.Contains(w.Name)).ToList();
            return options with { Windows = [.. options.Windows.Where(w => changed.Exists(c => c.Name == w.Name || c.Of == w.Name))] };
        }
        return new ChangedWindows(Changed(old), Changed(@new), [.. alike]);
    }

    /// <summary>What is unchanged may stand on one side alone, as part of a window that is changed there.</summary>
    private IReadOnlyList<string> Others(PipelineOptions of, PipelineOptions than) => [.. of.Windows.Select(w => w.Name).Except(than.Windows.Select(w => w.Name)).Except(Unchanged)];

    private static IEnumerable<WindowDefinition> Definitions(PipelineOptions options) => WindowPlan.Of(options.Windows, BuiltInMetrics.KeyLabels).Select(p => p.Definition);
}
