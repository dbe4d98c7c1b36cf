using Confluent.Kafka;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>A transactional producer, for one thread.</summary>
internal sealed class TransactionalProducer(KafkaClients clients, IProducer<byte[], byte[]> producer, TopicForms forms) : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private readonly NativeProduce _produce = new(producer, forms);
    private readonly Dictionary<string, IConsumerGroupMetadata> _groups = [];
    private volatile bool _isStopped;

    public bool IsStopped => _isStopped;

    /// <summary>Lets go of a commit that Kafka does not answer.</summary>
    public void Stop() => _isStopped = true;

    public void Begin() => producer.BeginTransaction();

    /// <exception cref="UnknownTopicException">A record is for a partition that does not exist.</exception>
    public void Produce(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
            while (!_produce.TryProduce(batch[i])) producer.Flush(Step); // its queue is full
    }

    public void Commit(IEnumerable<InputPlace> places)
    {
        foreach (var group in places.GroupBy(p => p.Group))
            producer.SendOffsetsToTransaction(
                group.GroupBy(p => p.Input).Select(p => new TopicPartitionOffset(p.Key.Topic, p.Key.Partition, p.Max(place => place.Next))),
                GroupMetadata(group.Key), Step);
        // A commit has happened or not, and only Kafka knows: it is asked until it answers.
        Insist(() => producer.CommitTransaction(Step));
    }

    public void Abort() => Insist(() => producer.AbortTransaction(Step));

    /// <returns>False where this producer has come to its end.</returns>
    public bool TryAbort(out KafkaException fatal)
    {
        try
        {
            Abort();
            fatal = null!;
            return true;
        }
        catch (KafkaException e)
        {
            fatal = e;
            return false;
        }
    }

    /// <summary>Whether only a new producer can go on.</summary>
    public static bool IsFinal(KafkaException e) => e.Error.IsFatal || e.Error.Code is
        ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch or ErrorCode.Local_Fatal or ErrorCode.Local_State;

    public void Dispose()
    {
        _produce.Dispose();
        producer.Dispose();
    }

    private void Insist(Action call)
    {
        while (true)
        {
            try
            {
                call();
                return;
            }
            catch (KafkaException e) when (!_isStopped && !IsFinal(e) && (e is KafkaRetriableException || e.Error.Code == ErrorCode.Local_TimedOut))
            {
            }
        }
    }

    private IConsumerGroupMetadata GroupMetadata(string group)
    {
        if (!_groups.TryGetValue(group, out var metadata)) _groups[group] = metadata = clients.GroupMetadata(group);
        return metadata;
    }
}
