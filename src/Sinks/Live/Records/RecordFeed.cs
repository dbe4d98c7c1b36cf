using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>
/// Writes the records of a topic as NDJSON, merged by the time the log took them, each partition in its own order. Reads only when the
/// output takes more: a slow reader holds up nothing but itself.
/// </summary>
public static class RecordFeed
{
    private const int FlushBytes = 32 * 1024;

    /// <summary>Until the limit, the end (unless following) or <paramref name="stop"/>, which ends it without an error.</summary>
    public static async Task WriteAsync(ILogReader log, RecordQuery query, PipeWriter output, CancellationToken stop)
    {
        var cursors = new List<PartitionCursor>();
        try
        {
            await OpenAsync(cursors, log, query, stop);
            await WriteAsync(cursors, query.Limit, output, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // asked to
        }
        finally
        {
            foreach (var cursor in cursors) await cursor.DisposeAsync();
        }
    }

    private static async Task OpenAsync(List<PartitionCursor> cursors, ILogReader log, RecordQuery query, CancellationToken stop)
    {
        for (var i = 0; i < query.Topic.Partitions.Count; i++)
        {
            if (query.Partition is { } only && only != i) continue;
            var (partition, state) = (new TopicPartition(query.Topic.Name, i), query.Topic.Partitions[i]);
            var from = await query.From.InAsync(log, partition, state, stop);
            cursors.Add(new PartitionCursor(log, partition, (from, state.End), query.Follow, stop));
        }
    }

    private static async Task WriteAsync(List<PartitionCursor> cursors, long limit, PipeWriter output, CancellationToken stop)
    {
        await using var json = new Utf8JsonWriter(output, LiveJson.Options);
        while (limit > 0)
        {
            foreach (var cursor in cursors) await cursor.SeekAsync();
            var next = Earliest(cursors);
            if (next is not null)
            {
                Write(json, output, next);
                limit--;
                if (output.UnflushedBytes < FlushBytes) continue;
            }
            if ((await output.FlushAsync(stop)).IsCompleted || cursors.TrueForAll(c => c.HasEnded)) return;
            if (next is null) await Task.WhenAny(cursors.Where(c => !c.HasEnded).Select(c => c.Asked()));
        }
        await output.FlushAsync(stop);
    }

    private static PartitionCursor? Earliest(List<PartitionCursor> cursors)
    {
        PartitionCursor? earliest = null;
        foreach (var cursor in cursors)
            if (cursor.HasRecord && (earliest is null || cursor.Record.Time < earliest.Record.Time)) earliest = cursor;
        return earliest;
    }

    private static void Write(Utf8JsonWriter json, PipeWriter output, PartitionCursor cursor)
    {
        RecordLine.Write(json, cursor.Partition, cursor.Record);
        cursor.Advance();
        json.Flush();
        json.Reset();
        output.Write("\n"u8);
    }
}
