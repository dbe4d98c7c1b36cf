using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>A record that InfluxDB does not get, and why.</summary>
internal readonly record struct SetAside(long Offset, DropReason Reason, string Words);

/// <summary>Writes what is set aside to the dead-letter topic, the records as they are in the log.</summary>
internal sealed class DeadLetters(ILogReader log, TopicPartition from, string topic, SinkProgress progress)
{
    /// <param name="records">In the order of their offsets.</param>
    public async ValueTask WriteAsync(IReadOnlyList<SetAside> records, CancellationToken abort)
    {
        if (records.Count == 0) return;
        var done = 0;
        await foreach (var slice in log.ReadAsync(from, records[0].Offset, abort))
        {
            var letters = new List<DeadLetter>();
            for (var i = 0; i < slice.Count && done < records.Count; i++)
            {
                // A record that retention took meanwhile is passed over; nothing is left of it to be kept.
                while (done < records.Count && records[done].Offset < slice[i].Offset) done++;
                if (done < records.Count && records[done].Offset == slice[i].Offset) letters.Add(Letter(records[done++], slice[i]));
            }
            foreach (var letter in letters) await progress.SetAsideAsync(topic, letter, abort);
            if (done == records.Count || slice.NextOffset > records[^1].Offset) return;
        }
        abort.ThrowIfCancellationRequested();
    }

    private DeadLetter Letter(SetAside record, in LogRecord there) => new(
        record.Reason, record.Words, InfluxSink.Name, from.Topic, from.Partition, record.Offset, there.Time, there.Key.ToArray(), there.Value.ToArray());
}
