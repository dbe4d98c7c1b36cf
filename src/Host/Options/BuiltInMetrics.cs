using Pipeline.Contracts;
using Pipeline.Host.Configuration;
using Pipeline.Ingest.Hardware;
using Pipeline.Ingest.Probes;
using Pipeline.Ingest.Self;

namespace Pipeline.Host;

/// <summary>All metrics that the built-in sources produce. Metrics of other kinds may be pushed, and nothing is known of them.</summary>
public static class BuiltInMetrics
{
    /// <summary>By kind, the label that every record of it has and whose text is the record key.</summary>
    public static readonly IReadOnlyDictionary<string, string> KeyLabels =
        new Dictionary<string, string> { ["hardware"] = "host", ["probe"] = "target", [SelfMetrics.Kind] = SelfMetrics.Node };

    public static readonly IReadOnlyList<MetricInfo> All = [.. HardwareMetrics.All, .. ProbeMetrics.All, .. SelfMetrics.All];

    /// <summary>The nearest metric that there is, where the pattern names a built-in kind and meets none of its metrics; else null.</summary>
    public static string? Unknown(string pattern)
    {
        var kind = pattern.Split('.', 2)[0];
        if (!KeyLabels.ContainsKey(kind) || !pattern.Contains('.', StringComparison.Ordinal)) return null;
        var known = pattern.EndsWith('*')
            ? All.Any(m => m.Name.StartsWith(pattern[..^1], StringComparison.Ordinal))
            : All.Any(m => m.Name == pattern);
        return known ? null : Guess.Of(pattern, All.Select(m => m.Name)) ?? kind + ".*";
    }
}
