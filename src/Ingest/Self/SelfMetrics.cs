using Pipeline.Contracts;

namespace Pipeline.Ingest.Self;

/// <summary>Every metric of the program itself. A total counts since the program started; the rate of its windows is what flows.</summary>
public static class SelfMetrics
{
    public const string Kind = "pipeline";

    /// <summary>The label of all of them, and the record key.</summary>
    public const string Node = "node";

    public static readonly IReadOnlyList<MetricInfo> All =
    [
        Of("verdict_level", "1", "0 healthy, 1 degraded, 2 unhealthy, 3 unknown."),
        Of("data_age_seconds", "s", "From the end of the newest window to now: the delay of the watermark and all that comes after it."),
        Of("stage_lag_records", "{record}", "Records that a stage has not read yet.", "partition", "stage"),
        Of("stage_lag_seconds", "s", "Age of the oldest record that a stage has not read yet.", "partition", "stage"),
        Of("topic_records_total", "{record}", "Records that the log took into a topic since the topic was made.", "topic"),
        Of("topic_bytes", "By", "Size of a topic on disk, where the log tells it.", "topic"),
        Of("values_total", "{value}", "Values by part of the program and what became of them: in, out, or the reason they were given up for.", "fate", "part"),
        Of("values_held", "{value}", "Values that a part has taken in and not yet given out.", "part"),
        Of("values_unaccounted", "{value}", "Values of which the ledger does not know what became; 0 in a sound pipeline.", "part"),
        Of("memory_bytes", "By", "Resident memory of the program."),
        Of("cpu_seconds_total", "s", "Time of the program on a core, user and system."),
    ];

    private static MetricInfo Of(string value, string unit, string description, params string[] labels) =>
        new($"{Kind}.{value}", unit, description, [Node, .. labels]);
}
