using System.Collections.Immutable;
using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>Deletes whole old segments, but for the newest of a partition. Runs in turn.</summary>
internal sealed class Retention(LogState state, Appender appender, CommitRound round, TimeProvider time)
{
    /// <exception cref="LogFullException">There was no room to carry on the last records of a compacted topic; its segments stay.</exception>
    public void Run(IReadOnlyList<TopicSpec> topics)
    {
        foreach (var topic in topics)
            foreach (var partition in state.Partitions.Where(p => p.Name.Topic == topic.Name)) Run(topic, partition);
    }

    private void Run(TopicSpec topic, Partition partition)
    {
        var segments = partition.Segments;
        if (segments.IsEmpty) return;
        var oldest = time.UnixMilliseconds() - (long)topic.MaxAge.TotalMilliseconds;
        if (segments[^1].FirstTime() < oldest) round.RollNext(partition.Name); // else the records of a quiet topic would never age
        var doomed = Doomed(segments, topic.MaxBytes, oldest);
        if (doomed == 0) return;
        if (topic.Compacted) CarryOn(partition, segments[doomed].Offset);
        foreach (var segment in segments[..doomed])
        {
            partition.Forget(segment);
            File.Delete(segment.Path);
        }
    }

    /// <summary>How many of the segments, from the oldest, hold nothing but what may go.</summary>
    private static int Doomed(ImmutableArray<Segment> segments, long maxBytes, long oldest)
    {
        var bytes = segments.Sum(s => s.Length);
        var count = 0;
        while (count < segments.Length - 1 && (bytes - segments[count].Length >= maxBytes || segments[count + 1].FirstTime() < oldest))
            bytes -= segments[count++].Length;
        return count;
    }

    /// <summary>Appends the records before an offset again that are the last of their key.</summary>
    private void CarryOn(Partition partition, long before)
    {
        var last = new Dictionary<string, (byte[] Key, byte[] Value)>();
        using var cursor = new Cursor(partition, 0);
        for (var slice = new LogSlice(); cursor.Fill(slice);)
        {
            for (var i = 0; i < slice.Count; i++)
            {
                var key = Encoding.Latin1.GetString(slice[i].Key); // one character a byte: equal only if the keys are
                if (slice[i].Offset < before) last[key] = (slice[i].Key.ToArray(), slice[i].Value.ToArray());
                else last.Remove(key);
            }
        }
        var batch = new RecordBatch();
        foreach (var (key, value) in last.Values) batch.Add(partition.Name, key, value);
        if (batch.Count > 0) appender.AppendInTurn(batch);
    }
}
