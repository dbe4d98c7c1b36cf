using Confluent.Kafka;
using Pipeline.Contracts;
using TopicPartition = Pipeline.Contracts.TopicPartition;

namespace Pipeline.Transport.Kafka;

/// <summary>The log on a Kafka cluster.</summary>
public sealed class KafkaLog : ILog, IAsyncDisposable
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(10);

    private readonly KafkaClients _clients;
    private readonly IAdminClient _admin;
    private readonly KafkaTopics _kafkaTopics;
    private readonly KafkaCatalog _catalog;
    private readonly KafkaReader _reader;
    private readonly TopicForms _forms;
    private readonly IReadOnlyList<TopicSpec> _specs;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, KafkaWriter> _writers = [];
    private readonly Lazy<IProducer<byte[], byte[]>> _plain;

    /// <param name="topics">Their names; other topics of the cluster are none of this log's.</param>
    /// <param name="tell">Tells the operator what librdkafka reports.</param>
    public KafkaLog(KafkaOptions options, Contracts.Topics topics, IReadOnlyList<TopicSpec> specs, TimeProvider time, Action<string> tell)
    {
        (_specs, _time) = (specs, time);
        _clients = new KafkaClients(options, topics.Prefix, tell);
        _admin = _clients.Admin();
        _kafkaTopics = new KafkaTopics(_admin, options, time);
        _catalog = new KafkaCatalog(_admin, [.. specs.Select(s => s.Name)]);
        _reader = new KafkaReader(_clients, _catalog, topics, time);
        _forms = new TopicForms(_catalog, topics);
        _plain = new(() => _clients.Producer(transactionalId: null));
    }

    /// <summary>Creates the topics that are missing.</summary>
    /// <exception cref="LogUnavailableException">The cluster does not answer, or does not let us.</exception>
    public Task CreateTopicsAsync() => _kafkaTopics.CreateMissingAsync(_specs);

    /// <summary>One sentence for each setting of an existing topic that is not as wanted.</summary>
    /// <exception cref="LogUnavailableException">The cluster does not answer.</exception>
    public Task<IReadOnlyList<string>> DifferencesAsync() => _kafkaTopics.DifferencesAsync(_specs);

    public IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, CancellationToken stop) => _reader.ReadAsync(partition, from, stop);

    public ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort) => _catalog.DescribeAsync(abort);

    public async ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort)
    {
        await _catalog.RefreshAsync(abort);
        var producer = _clients.Producer(_clients.TransactionalId(name));
        try
        {
            await Task.Run(() => producer.InitTransactions(OpenFor), CancellationToken.None);
        }
        catch (KafkaException e)
        {
            producer.Dispose();
            throw new LogUnavailableException($"Kafka opens no transactions for '{name}': {e.Error.Reason}.", e);
        }
        var writer = new KafkaWriter(name, new TransactionalProducer(_clients, producer, _forms, _time));
        if (Exchange(name, writer) is { } earlier) await Task.Run(earlier.Dispose, CancellationToken.None);
        return writer;
    }

    /// <summary>
    /// Writes a record and learns its offset. A broker that was paused or cut off may have lost a partition without knowing it, and tells whoever
    /// asks where that ended for it; but it can take no record that the partition's other replicas do not take too.
    /// </summary>
    public async ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort)
    {
        try
        {
            var taken = await ProduceAsync(partition, "end"u8.ToArray(), value: null, abort);
            return taken.Offset.IsSpecial ? throw new LogUnavailableException($"Kafka does not say where {partition} ends.") : taken.Offset.Value + 1;
        }
        catch (KafkaException e)
        {
            throw new LogUnavailableException($"Kafka does not say where {partition} ends: {e.Error.Reason}.", e);
        }
    }

    /// <summary>Writes one record in no transaction.</summary>
    /// <exception cref="KafkaException">It was not taken.</exception>
    internal Task<DeliveryResult<byte[], byte[]>> ProduceAsync(TopicPartition to, byte[]? key, byte[]? value, CancellationToken abort) =>
        _plain.Value.ProduceAsync(new Confluent.Kafka.TopicPartition(to.Topic, to.Partition), new Message<byte[], byte[]> { Key = key!, Value = value! }, abort);

    public async ValueTask DisposeAsync()
    {
        List<KafkaWriter> writers;
        lock (_writers) writers = [.. _writers.Values];
        await Task.WhenAll(writers.Select(w => Task.Run(w.Dispose)));
        if (_plain.IsValueCreated) _plain.Value.Dispose();
        _admin.Dispose();
    }

    private KafkaWriter? Exchange(string name, KafkaWriter writer)
    {
        lock (_writers)
        {
            var earlier = _writers.GetValueOrDefault(name);
            _writers[name] = writer;
            return earlier;
        }
    }
}
