using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

internal static class PipelineJson
{
    /// <param name="now">Unix milliseconds.</param>
    public static void Write(Utf8JsonWriter json, PipelineSnapshot pipeline, double recordsPerSecond, long now)
    {
        json.WriteStartObject();
        json.WriteString("time"u8, UnixTime.ToRfc3339(now));
        json.WriteNumber("recordsPerSecond"u8, recordsPerSecond);
        json.WritePropertyName("lag"u8);
        WriteLag(json, pipeline.Lag);
        json.WritePropertyName("ledger"u8);
        WriteLedger(json, pipeline.Ledger);
        json.WritePropertyName("topics"u8);
        WriteTopics(json, pipeline.Topics);
        json.WriteString("node"u8, pipeline.Node);
        json.WriteString("version"u8, pipeline.Version);
        json.WriteNumber("uptimeSeconds"u8, Math.Max(0, now - pipeline.Started) / 1000.0);
        json.WriteEndObject();
    }

    public static void WriteLedger(Utf8JsonWriter json, IReadOnlyList<LedgerEntry> ledger)
    {
        json.WriteStartArray();
        foreach (var entry in ledger)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, entry.Name);
            foreach (var (column, count) in LedgerColumns.Of(entry)) json.WriteNumber(column, count);
            json.WriteNumber("difference"u8, entry.Difference);
            json.WriteNumber("pooled"u8, entry.Pooled);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteTopics(Utf8JsonWriter json, IReadOnlyList<TopicState> topics)
    {
        json.WriteStartArray();
        foreach (var topic in topics)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, topic.Name);
            json.WriteStartArray("partitions"u8);
            for (var i = 0; i < topic.Partitions.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("partition"u8, i);
                json.WriteNumber("first"u8, topic.Partitions[i].First);
                json.WriteNumber("end"u8, topic.Partitions[i].End);
                if (topic.Partitions[i].Bytes is { } bytes) json.WriteNumber("bytes"u8, bytes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLag(Utf8JsonWriter json, IReadOnlyList<StageLag> lags)
    {
        json.WriteStartArray();
        foreach (var lag in lags)
        {
            json.WriteStartObject();
            json.WriteString("stage"u8, lag.Stage);
            json.WriteNumber("partition"u8, lag.Partition);
            json.WriteNumber("records"u8, lag.Records);
            json.WriteNumber("seconds"u8, lag.Seconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
