using Confluent.Kafka;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>A transactional producer, for one thread.</summary>
internal sealed class TransactionalProducer(KafkaClients clients, IProducer<byte[], byte[]> producer, TopicForms forms, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly NativeProduce _produce = new(producer, forms);
    private readonly Dictionary<string, IConsumerGroupMetadata> _groups = [];
    private readonly ManualResetEventSlim _stopped = new();
    private readonly CallWatch _watch = clients.Watch(producer, time);

    /// <summary>Ends when a call has been given up; its thread may never come back.</summary>
    public Task GivenUp => _watch.GivenUp;

    /// <summary>Lets go of a commit that Kafka does not answer.</summary>
    public void Stop() => _stopped.Set();

    public void Begin() => _watch.Run(producer.BeginTransaction);

    /// <exception cref="UnknownTopicException">A record is for a partition that does not exist.</exception>
    public void Produce(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
            while (!_produce.TryProduce(batch[i])) _watch.Run(() => producer.Flush(Step)); // its queue is full
    }

    public void Commit(IEnumerable<InputPlace> places)
    {
        foreach (var group in places.GroupBy(p => p.Group))
        {
            var offsets = group.GroupBy(p => p.Input).Select(p => new TopicPartitionOffset(p.Key.Topic, p.Key.Partition, p.Max(place => place.Next)));
            _watch.Run(() => producer.SendOffsetsToTransaction(offsets, GroupMetadata(group.Key), Step));
        }
        Commit();
    }

    /// <returns>Why it could not be aborted; null where it was.</returns>
    public KafkaException? TryAbort()
    {
        try
        {
            _watch.Run(() => producer.AbortTransaction(Step));
            return null;
        }
        catch (KafkaException e)
        {
            return e;
        }
    }

    /// <summary>Whether somebody else writes under the name of this producer now.</summary>
    public static bool IsFenced(KafkaException e) => e.Error.IsFatal || e.Error.Code is
        ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch or ErrorCode.Local_Fatal;

    public void Dispose()
    {
        _watch.Dispose();
        _produce.Dispose();
        producer.Dispose();
        _stopped.Dispose();
    }

    /// <summary>A commit has happened or not, and only Kafka knows: it is asked until it answers, or has aborted the transaction by itself.</summary>
    private void Commit()
    {
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                _watch.Run(() => producer.CommitTransaction(Step));
                return;
            }
            catch (KafkaException e) when (e is KafkaRetriableException || (e is not KafkaTxnRequiresAbortException && e.Error.Code == ErrorCode.Local_TimedOut))
            {
                if (_stopped.Wait(Pause)) throw Unknown(e);
            }
            catch (KafkaException e) when (isAgain && IsFenced(e))
            {
                throw Unknown(e);
            }
        }
    }

    private static OutcomeUnknownException Unknown(KafkaException e) =>
        new("Kafka did not say whether it kept the last transaction of a writer that has ended.", e);

    private IConsumerGroupMetadata GroupMetadata(string group)
    {
        if (!_groups.TryGetValue(group, out var metadata)) _groups[group] = metadata = clients.GroupMetadata(group);
        return metadata;
    }
}
