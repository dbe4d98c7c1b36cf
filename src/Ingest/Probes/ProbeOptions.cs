using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Ingest.Probes;

/// <summary>What is probed over HTTP, from where, and how much at once.</summary>
public sealed record ProbeOptions
{
    [Description("Where this node stands, as the label 'vantage'; the name of the node unless given.")]
    [MinLength(1), MaxLength(200)]
    public string? Vantage { get; init; }

    [Description("How many probes run at once; others start late. A target that does not answer holds timeout / interval of these places.")]
    [Range(1, 10_000)]
    public int MaxConcurrent { get; init; } = 32;

    [Description("The targets, each under a name of its own.")]
    [MaxLength(10_000)]
    public IReadOnlyList<ProbeTargetOptions> Targets { get; init; } = [];

    /// <summary>What ranges on single properties cannot say. Paths are relative to these options, as <c>targets[2].url</c>.</summary>
    public static IEnumerable<(string Path, string Problem, string Remedy)> Check(ProbeOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Targets.Count; i++)
        {
            var target = options.Targets[i];
            if (!names.Add(target.Name))
                yield return ($"targets[{i}].name", $"Another target is called '{target.Name}' too.", "Give each one its own name.");
            foreach (var (path, problem, remedy) in ProbeTargetCheck.Of(target))
                yield return ($"targets[{i}].{path}", problem, remedy);
        }
    }
}
