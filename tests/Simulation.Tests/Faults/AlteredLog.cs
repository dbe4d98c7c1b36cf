using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>A log as one process sees it, with something wrong in between.</summary>
internal class AlteredLog(ILog log) : ILog
{
    public virtual IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, CancellationToken stop) => log.ReadAsync(partition, from, stop);

    public ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort) => log.DescribeAsync(abort);

    public virtual async ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort) => new Writer(this, await log.OpenAsync(name, abort));

    public virtual ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort) => log.EndAsync(partition, abort);

    protected virtual ValueTask AppendAsync(ILogWriter writer, RecordBatch batch) => writer.AppendAsync(batch, default);

    /// <summary>Some of the records, with the progress among them altered.</summary>
    protected static RecordBatch Copy(RecordBatch batch, Func<int, bool> takes, Func<Progress, Progress>? alter = null)
    {
        var copy = new RecordBatch();
        for (var i = 0; i < batch.Count; i++)
        {
            if (!takes(i)) continue;
            var record = batch[i];
            if (IsProgress(batch, i) && alter is not null) copy.AddProgress(record.To.Topic, alter(JsonSerializer.Deserialize(record.Value, WireFormat.Records.Progress)!));
            else copy.Add(record.To, record.Key, record.Value);
        }
        return copy;
    }

    protected static bool IsProgress(RecordBatch batch, int index) => batch[index].To.Topic == "progress";

    private sealed class Writer(AlteredLog log, ILogWriter writer) : ILogWriter
    {
        public ValueTask AppendAsync(RecordBatch batch, CancellationToken abort) => log.AppendAsync(writer, batch);
    }
}
