using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>Merges the results of a window as the log has them.</summary>
public static class MergedRead
{
    /// <summary>A result may be in the log before its end, by as much as a node's clock is ahead of the log's, milliseconds.</summary>
    private const long ClockAhead = 60_000;

    /// <returns>False where there are more results than the merge may hold.</returns>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public static async Task<bool> IntoAsync(ResultMerge merge, ILogView log, string topic, CancellationToken abort)
    {
        var state = await log.TopicAsync(topic, abort);
        for (var p = 0; p < state.Partitions.Count; p++)
            if (!await IntoAsync(merge, log, new TopicPartition(topic, p), state.Partitions[p], abort)) return false;
        return true;
    }

    private static async Task<bool> IntoAsync(ResultMerge merge, ILogView log, TopicPartition partition, PartitionState state, CancellationToken abort)
    {
        var least = merge.Query.From;
        var from = least > 0 ? await log.OffsetAtAsync(partition, state, least - ClockAhead, abort) : state.First;
        if (from >= state.End) return true;
        await foreach (var slice in log.ReadAsync(partition, from, abort))
        {
            for (var i = 0; i < slice.Count && slice[i].Offset < state.End; i++)
                if (MayBeOf(merge.Query, slice[i].Value) && !merge.Add(WindowRecord.Read(slice[i].Value))) return false;
            if (slice.NextOffset >= state.End) return true;
        }
        abort.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Whether it has to be read whole: a result begins with its window and its metric.</summary>
    private static bool MayBeOf(MergeQuery query, ReadOnlySpan<byte> record)
    {
        try
        {
            var json = new Utf8JsonReader(record);
            return !json.Read() || (MayBe(ref json, "window"u8, query.Window) && (query.Metric is null || MayBe(ref json, "metric"u8, query.Metric)));
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool MayBe(ref Utf8JsonReader json, ReadOnlySpan<byte> name, string text) =>
        !json.Read() || json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals(name)
        || !json.Read() || json.TokenType != JsonTokenType.String || json.ValueTextEquals(text);
}
