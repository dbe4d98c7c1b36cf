using System.Collections.Concurrent;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>How records of each topic look on Kafka.</summary>
internal sealed class TopicForms(KafkaCatalog catalog, Contracts.Topics topics)
{
    private readonly ConcurrentDictionary<string, TopicForm> _forms = new();

    /// <exception cref="UnknownTopicException">There is no such partition.</exception>
    public TopicForm Of(TopicPartition to)
    {
        if (to.Partition < 0 || to.Partition >= catalog.PartitionsOf(to.Topic)) throw new UnknownTopicException(to);
        return _forms.TryGetValue(to.Topic, out var form) ? form : _forms.GetOrAdd(to.Topic, Make);
    }

    private TopicForm Make(string topic) => new(topic, RecordKind.Of(topic, topics));
}
