using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>A record that InfluxDB does not get, and why.</summary>
internal readonly record struct SetAside(long Offset, DropReason Reason, string Words);

/// <summary>Writes what is set aside to the dead-letter topic, the records as they are in the log, many in one append.</summary>
internal sealed class DeadLetters(ILogReader log, TopicPartition from, string topic, SinkProgress progress)
{
    private const int MaxBytes = 4 << 20;

    private readonly RecordBatch _batch = new();

    /// <param name="records">In the order of their offsets.</param>
    public async ValueTask WriteAsync(IReadOnlyList<SetAside> records, CancellationToken abort)
    {
        if (records.Count == 0) return;
        var done = 0;
        await foreach (var slice in log.ReadAsync(from, records[0].Offset, abort))
        {
            for (var i = 0; i < slice.Count && done < records.Count; i++)
            {
                // A record that retention took meanwhile is passed over; nothing is left of it to be kept.
                while (done < records.Count && records[done].Offset < slice[i].Offset) done++;
                if (done < records.Count && records[done].Offset == slice[i].Offset) Add(records[done++], slice[i]);
            }
            var isLast = done == records.Count || slice.NextOffset > records[^1].Offset;
            if (isLast || _batch.Bytes >= MaxBytes) await progress.AppendAsync(_batch, abort);
            if (isLast) return;
        }
        abort.ThrowIfCancellationRequested();
    }

    private void Add(SetAside record, in LogRecord there)
    {
        var letter = new DeadLetter(record.Reason, record.Words, InfluxSink.Name, from.Topic, from.Partition, record.Offset, there.Time, there.Key.ToArray(), there.Value.ToArray());
        _batch.Add(new TopicPartition(topic, from.Partition), there.Key, JsonSerializer.SerializeToUtf8Bytes(letter, WireFormat.Records.DeadLetter));
    }
}
