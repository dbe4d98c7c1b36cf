using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Testing;

/// <summary>A record that outlives its slice.</summary>
public sealed record ReadRecord(long Offset, long Time, string Key, string Value);

/// <summary>Reads and writes text, for tests.</summary>
public static class LogReading
{
    /// <summary>The next <paramref name="count"/> records; waits for them up to 30 s.</summary>
    public static async Task<IReadOnlyList<ReadRecord>> Take(this ILogReader log, TopicPartition partition, long from, int count)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var records = new List<ReadRecord>();
        if (count == 0) return records;
        await foreach (var slice in log.ReadAsync(partition, from, stop.Token))
        {
            records.AddRange(Copy(slice));
            if (records.Count >= count) return records[..count];
        }
        throw new TimeoutException($"Only {records.Count} of {count} records came from {partition}.");
    }

    /// <summary>Everything that is in a partition now.</summary>
    public static async Task<IReadOnlyList<ReadRecord>> TakeAll<T>(this T log, TopicPartition partition) where T : ILogReader, ILogCatalog
    {
        var state = await log.StateOf(partition);
        var records = new List<ReadRecord>();
        if (state.End == state.First) return records;
        await foreach (var slice in log.ReadAsync(partition, 0, CancellationToken.None))
        {
            records.AddRange(Copy(slice));
            if (slice.NextOffset >= state.End) break;
        }
        return records;
    }

    public static async Task<PartitionState> StateOf(this ILogCatalog log, TopicPartition partition) => await log.StateAsync(partition, CancellationToken.None);

    public static IEnumerable<ReadRecord> Copy(LogSlice slice) => Enumerable.Range(0, slice.Count).Select(i =>
    {
        var record = slice[i];
        return new ReadRecord(record.Offset, record.Time, Encoding.UTF8.GetString(record.Key), Encoding.UTF8.GetString(record.Value));
    });

    public static void Add(this RecordBatch batch, TopicPartition to, string key, string value) =>
        batch.Add(to, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));

    public static async Task Append(this ILogWriter writer, TopicPartition to, string key, string value)
    {
        var batch = new RecordBatch();
        batch.Add(to, key, value);
        await writer.AppendAsync(batch, CancellationToken.None);
    }
}
