using System.Text.Json;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Commands;

/// <summary>The windows in which two configurations differ: those of both that need computing.</summary>
/// <param name="Old">With only the windows that are removed or changed.</param>
/// <param name="New">With only the windows that are added or changed.</param>
/// <param name="Unchanged">The names of all others.</param>
internal sealed record ChangedWindows(PipelineOptions Old, PipelineOptions New, IReadOnlyList<string> Unchanged)
{
    public static ChangedWindows Between(PipelineOptions old, PipelineOptions @new)
    {
        var alike = Text(old.Processing) == Text(@new.Processing) ? old.Windows.Select(Text).Intersect(@new.Windows.Select(Text)).ToHashSet() : [];
        PipelineOptions Changed(PipelineOptions options) => options with { Windows = [.. options.Windows.Where(w => !alike.Contains(Text(w)))] };
        return new ChangedWindows(Changed(old), Changed(@new), [.. old.Windows.Where(w => alike.Contains(Text(w))).Select(w => w.Name)]);
    }

    private static string Text<T>(T options) => JsonSerializer.Serialize(options, OptionContract.For(typeof(T)));
}
