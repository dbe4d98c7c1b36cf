using System.Runtime.CompilerServices;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>Reads partitions, each through a consumer of its own: who does not ask for the next slice is sent no more than one queue full.</summary>
internal sealed class KafkaReader(KafkaClients clients, KafkaCatalog catalog, Contracts.Topics topics, TimeProvider time) : ILogReader
{
    public async IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!await ExistsAsync(partition, stop)) yield break;
        var cursor = await Task.Run(() => new KafkaCursor(clients.Consumer(committedOnly: true), partition, partition.Topic == topics.DeadLetter, Math.Max(0, from)), CancellationToken.None);
        try
        {
            var slice = new LogSlice();
            while (!stop.IsCancellationRequested)
            {
                if (cursor.Fill(slice)) yield return slice;
                else if (cursor.IsOutOfRange) await SeekAsync(cursor, partition, stop);
                else await cursor.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await Task.Run(cursor.Dispose, CancellationToken.None);
        }
    }

    /// <returns>False where it could not be told before <paramref name="stop"/>.</returns>
    /// <exception cref="UnknownTopicException">There is no such partition.</exception>
    private async Task<bool> ExistsAsync(TopicPartition partition, CancellationToken stop)
    {
        try
        {
            if (!await catalog.HasAsync(partition, stop)) throw new UnknownTopicException(partition);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Goes to the first record where retention has taken what was asked for; what is still to come is waited for.</summary>
    private async Task SeekAsync(KafkaCursor cursor, TopicPartition partition, CancellationToken stop)
    {
        try
        {
            var state = await catalog.StateAsync(partition, stop);
            if (cursor.Next >= state.First) await Task.Delay(TimeSpan.FromMilliseconds(200), time, stop);
            cursor.Seek(Math.Max(cursor.Next, state.First));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (LogUnavailableException)
        {
            cursor.Seek(cursor.Next);
        }
    }
}
