using Pipeline.Host.Configuration;
using Pipeline.Ingest.Probes;
using Pipeline.Processing;
using Pipeline.Sinks.Influx;

namespace Pipeline.Host;

/// <summary>What cannot be said of a single option. Shape and ranges are checked before.</summary>
internal static class PipelineCheck
{
    public static IEnumerable<ConfigurationProblem> Of(PipelineOptions options, string file)
    {
        var probes = ProbeOptions.Check(options.Probes).Select(p => ("probes." + p.Path, p.Problem, p.Remedy));
        var influx = options.Influx is { } given ? InfluxOptions.Check(given).Select(p => ("influx." + p.Path, p.Problem, p.Remedy)) : [];
        return Http(options).Concat(Windows(options)).Concat(probes).Concat(influx).Select(p => new ConfigurationProblem(file, p.Item1, p.Item2, p.Item3));
    }

    private static IEnumerable<(string, string, string)> Http(PipelineOptions options)
    {
        for (var i = 0; i < options.Http.Urls.Count; i++)
            if (!CanListen(options.Http.Urls[i]))
                yield return ($"http.urls[{i}]", $"'{options.Http.Urls[i]}' is no address to listen on", "Write an IP address or localhost and nothing behind the port, like http://127.0.0.1:8080");
    }

    /// <summary>The server takes any other name to mean all addresses of the machine, and would be open to everybody.</summary>
    private static bool CanListen(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || url.Host == "localhost")
        && url is { PathAndQuery: "/", UserInfo: "", Fragment: "" };

    private static IEnumerable<(string, string, string)> Windows(PipelineOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Windows.Count; i++)
        {
            var window = options.Windows[i];
            if (!names.Add(window.Name))
                yield return ($"windows[{i}].name", $"Another window is called '{window.Name}' too", "Give each window a name of its own");
            if (window.Metric.Length > 0 && BuiltInMetrics.Unknown(window.Metric) is { } nearest)
                yield return ($"windows[{i}].metric", $"No source produces the metric '{window.Metric}'",
                    $"Did you mean '{nearest}'? 'pipeline check --metrics' lists all of them");
            if (Forgotten(window, options.Log.Retention) is { } forgotten)
                yield return ($"windows[{i}].{forgotten.Path}", forgotten.Problem, forgotten.Remedy);
            if (Spans(window))
                yield return ($"windows[{i}].by",
                    $"Samples of one group may be in several partitions, and parts of a {window.KindOrInferred.Word()} window cannot be merged",
                    $"Use ['*'], which groups by all labels{KeyLabel(window)}, or make it a hopping window");
            foreach (var problem in WindowProblem.Of(window).Concat(window.Of is null ? [] : LongWindows.Problems(window, options.Windows)))
                yield return ($"windows[{i}].{problem.Path}", problem.Problem, problem.Remedy);
        }
    }

    /// <summary>What is wrong where the log does not keep what a restart has to read again.</summary>
    private static WindowProblem? Forgotten(WindowOptions window, LogRetentionOptions retention)
    {
        var (kept, what, option) = window.Of is null ? (retention.Observations.MaxAge, "observations", "observations") : (retention.Other.MaxAge, "partial results", "other");
        if (window.Size + window.Lateness > kept)
            return new("size", $"Size and lateness are longer than the {what} are kept ({Duration.Format(kept)}), so a restart could not make the window whole",
                $"Raise log.retention.{option}.maxAge, or shorten the window");
        if (window.Of is not null && window.Statistics.Baseline + window.Size + window.Lateness > kept)
            return new("statistics.baseline", $"Baseline, size and lateness are together longer than the {what} are kept ({Duration.Format(kept)}), so a restart could not compute it",
                $"Raise log.retention.{option}.maxAge, or shorten the baseline");
        return null;
    }

    private static bool Spans(WindowOptions window) =>
        !window.KindOrInferred.IsByClock() && !new WindowDefinition(window).IsWithinPartition(BuiltInMetrics.KeyLabels);

    /// <summary>The label that would make the group stay in one partition, where one is known.</summary>
    private static string KeyLabel(WindowOptions window) =>
        BuiltInMetrics.KeyLabels.TryGetValue(window.Metric.Split('.', 2)[0], out var label) ? $", or add '{label}'" : "";
}
