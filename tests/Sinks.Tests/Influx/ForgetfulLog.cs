using Pipeline.Contracts;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>A log whose retention took everything of the results before a record.</summary>
internal sealed class ForgetfulLog(ILog log, long first) : ILog
{
    public IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, CancellationToken stop) =>
        log.ReadAsync(partition, partition.Topic == "windows" ? Math.Max(from, first) : from, stop);

    public ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort) => log.OpenAsync(name, abort);

    public ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort) => log.EndAsync(partition, abort);

    public async ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort) =>
        [.. (await log.DescribeAsync(abort)).Select(t => t.Name != "windows" ? t : t with { Partitions = [.. t.Partitions.Select(p => p with { First = Math.Min(first, p.End) })] })];
}
