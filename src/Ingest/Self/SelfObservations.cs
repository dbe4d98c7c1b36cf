using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Ingest.Self;

/// <summary>Turns a reading into records, under the names of <see cref="SelfMetrics"/>.</summary>
internal sealed class SelfObservations(string node, long time)
{
    private readonly List<Observation> _all = [];

    public static IReadOnlyList<Observation> Of(SelfReading reading, string node, long time)
    {
        var made = new SelfObservations(node, time);
        made.AddWhole(reading.Verdict);
        foreach (var lag in reading.Lag) made.Add([("partition", Text(lag.Partition)), ("stage", lag.Stage)], ("stage_lag_records", lag.Records), ("stage_lag_seconds", lag.Seconds));
        foreach (var topic in reading.Topics) made.AddTopic(topic);
        foreach (var entry in reading.Ledger) made.AddPart(entry);
        return made._all;
    }

    private void AddWhole(Verdict? verdict)
    {
        Add([], ("memory_bytes", Environment.WorkingSet), ("cpu_seconds_total", Environment.CpuUsage.TotalTime.TotalSeconds));
        if (verdict is not null) Add([], ("verdict_level", (int)verdict.Health));
        if (verdict?.DataAgeSeconds is { } age) Add([], ("data_age_seconds", age));
    }

    private void AddTopic(TopicState topic)
    {
        Add([("topic", topic.Name)], ("topic_records_total", topic.Partitions.Sum(p => p.End)));
        if (topic.Partitions.All(p => p.Bytes is not null)) Add([("topic", topic.Name)], ("topic_bytes", topic.Partitions.Sum(p => p.Bytes!.Value)));
    }

    private void AddPart(LedgerEntry entry)
    {
        (string Fate, long Count)[] fates =
        [
            ("in", entry.In), ("out", entry.Out), ("late", entry.Late), ("duplicate", entry.Duplicate), ("malformed", entry.Malformed),
            ("filtered", entry.Filtered), ("rejected", entry.Rejected), ("overflow", entry.Overflow),
        ];
        foreach (var (fate, count) in fates) Add([("part", entry.Name), ("fate", fate)], ("values_total", count));
        Add([("part", entry.Name)], ("values_held", entry.Held), ("values_unaccounted", entry.Difference));
    }

    private void Add((string, string)[] labels, params (string Name, double Value)[] values) => _all.Add(new Observation
    {
        Kind = SelfMetrics.Kind,
        Time = time,
        Source = node,
        Key = node,
        Labels = LabelSet.Of([(SelfMetrics.Node, node), .. labels]),
        Values = [.. values.Select(v => new Measurement(v.Name, v.Value))],
    });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
