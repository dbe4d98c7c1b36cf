using System.Runtime.CompilerServices;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>Reads partitions, each through a consumer of its own: who does not ask for the next slice is sent no more than one queue full.</summary>
internal sealed class KafkaReader(KafkaClients clients, KafkaCatalog catalog, Contracts.Topics topics, TimeProvider time) : ILogReader
{
    public async IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!await ExistsAsync(partition, stop)) yield break;
        var cursor = await OpenAsync(partition, Math.Max(0, from));
        try
        {
            var slice = new LogSlice();
            while (!stop.IsCancellationRequested)
            {
                if (cursor.Fill(slice)) yield return slice;
                else if (cursor.IsOutOfRange) await SeekAsync(cursor, partition, stop);
                else if (await IsStuckAsync(cursor, partition, stop)) cursor = await OpenAgainAsync(cursor, partition);
            }
        }
        finally
        {
            await Task.Run(cursor.Dispose, CancellationToken.None);
        }
    }

    private Task<KafkaCursor> OpenAsync(TopicPartition partition, long from) =>
        Task.Run(() => new KafkaCursor(clients.Consumer(committedOnly: true), partition, partition.Topic == topics.DeadLetter, from), CancellationToken.None);

    /// <summary>
    /// For a consumer that is silent although there is more to read: whatever librdkafka waits for after brokers of a cluster have come and
    /// gone, a new one does not. Where only an open transaction is in the way, it costs nothing but a connection.
    /// </summary>
    private async Task<KafkaCursor> OpenAgainAsync(KafkaCursor silent, TopicPartition partition)
    {
        var opened = await OpenAsync(partition, silent.Next);
        await Task.Run(silent.Dispose, CancellationToken.None);
        return opened;
    }

    /// <summary>Waits until something has come.</summary>
    /// <returns>True where nothing has for long, and the partition goes on.</returns>
    private async Task<bool> IsStuckAsync(KafkaCursor cursor, TopicPartition partition, CancellationToken stop)
    {
        try
        {
            return !await cursor.WaitAsync(stop) && (await catalog.StateAsync(partition, stop)).End > cursor.Next;
        }
        catch (Exception e) when (e is LogUnavailableException || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            return false;
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
