using System.Runtime.CompilerServices;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

/// <summary>A log whose readers end where it ended when they began, so that a stage over it comes to its end.</summary>
internal sealed class EndingLog(ILog inner) : ILog
{
    public async IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        var end = (await inner.StateOf(partition)).End;
        if (from >= end) yield break;
        await foreach (var slice in inner.ReadAsync(partition, from, stop))
        {
            yield return slice;
            if (slice.NextOffset >= end) yield break;
        }
    }

    public ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort) => inner.OpenAsync(name, abort);
    public ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort) => inner.EndAsync(partition, abort);
    public ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort) => inner.DescribeAsync(abort);
}
