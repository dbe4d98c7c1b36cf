using Confluent.Kafka;

namespace Pipeline.Transport.Kafka;

/// <summary>Makes librdkafka's clients, with the settings that this transport needs and the operator's over them.</summary>
/// <param name="prefix">What the names of groups and transactional ids begin with, so that several pipelines share a cluster.</param>
/// <param name="tell">Tells the operator what librdkafka says.</param>
internal sealed class KafkaClients(KafkaOptions options, string prefix, Action<string> tell)
{
    private static readonly Dictionary<string, string> ForConsumers = new()
    {
        ["group.id"] = "-", // asked for, and used by nobody: readers say themselves where they begin
        ["enable.auto.commit"] = "false",
        ["enable.auto.offset.store"] = "false",
        ["auto.offset.reset"] = "error",
        ["enable.partition.eof"] = "true",
        ["fetch.wait.max.ms"] = "100",
        ["fetch.queue.backoff.ms"] = "2", // a full queue would rest a whole second otherwise
        ["topic.metadata.refresh.interval.ms"] = "2000", // a broker that has just come back knows some partitions only a little later
        ["queued.min.messages"] = "50000",
        ["queued.max.messages.kbytes"] = "32768",
    };

    private static readonly Dictionary<string, string> ForProducers = new()
    {
        ["enable.idempotence"] = "true",
        ["dotnet.producer.enable.delivery.reports"] = "false", // a transaction that commits has delivered all
        ["compression.type"] = "lz4",
        // While a batch is on its way, an idempotent producer waits for it in a busy loop if another is ready: few and large ones, then. A
        // commit does not wait for them to fill.
        ["batch.size"] = "12582912",
        ["batch.num.messages"] = "1000000",
        ["linger.ms"] = "100",
        ["queue.buffering.max.messages"] = "500000",
        ["transaction.timeout.ms"] = "10000", // an ingest node that died in the middle of one holds readers up for so long
        ["message.max.bytes"] = "16777216",
    };

    /// <summary>For single records, of which one more does no harm: without what an idempotent producer does not recover from.</summary>
    private static readonly (string, string)[] Plain =
        [("enable.idempotence", "false"), ("acks", "all"), ("message.timeout.ms", "2000"), ("linger.ms", "0"), ("dotnet.producer.enable.delivery.reports", "true")];

    public string TransactionalId(string writer) => $"{prefix}pipeline-{writer}";

    public string Group(string name) => $"{prefix}pipeline-{name}";

    /// <param name="committedOnly">Whether records of unfinished and aborted transactions are left out.</param>
    public IConsumer<byte[], byte[]> Consumer(bool committedOnly)
    {
        var settings = Settings(ForConsumers, ("isolation.level", committedOnly ? "read_committed" : "read_uncommitted"));
        return new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(settings)).SetLogHandler((_, m) => Hear(m)).SetErrorHandler((_, e) => Hear(e)).Build();
    }

    /// <param name="transactionalId">Null for a producer without transactions.</param>
    public IProducer<byte[], byte[]> Producer(string? transactionalId)
    {
        (string, string)[] own = transactionalId is null ? Plain : [("transactional.id", transactionalId)];
        return new ProducerBuilder<byte[], byte[]>(new ProducerConfig(Settings(ForProducers, own))).SetLogHandler((_, m) => Hear(m)).SetErrorHandler((_, e) => Hear(e)).Build();
    }

    public IAdminClient Admin() =>
        new AdminClientBuilder(new AdminClientConfig(Settings([]))).SetLogHandler((_, m) => Hear(m)).SetErrorHandler((_, e) => Hear(e)).Build();

    /// <summary>A group as a transaction names it: its name alone, since its members are told their partitions by us.</summary>
    public IConsumerGroupMetadata GroupMetadata(string name)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(Settings(ForConsumers, ("group.id", Group(name))))).SetLogHandler((_, m) => Hear(m)).Build();
        return consumer.ConsumerGroupMetadata;
    }

    /// <summary>Nudges a client by making known to it again the brokers that it began with: it connects to them, and every connection has it look again.</summary>
    public CallWatch Watch(IClient client, TimeProvider time) => new(time, nudge: () =>
    {
        tell("The Kafka client has kept a call longer than it may; it is told its brokers again.");
        client.AddBrokers(options.Servers);
    });

    private Dictionary<string, string> Settings(Dictionary<string, string> defaults, params (string Name, string Value)[] own)
    {
        var settings = new Dictionary<string, string>(defaults)
        {
            ["bootstrap.servers"] = options.Servers,
            ["client.id"] = "pipeline",
            ["log_level"] = "4",
            ["reconnect.backoff.ms"] = "50",
            ["reconnect.backoff.max.ms"] = "1000",
            ["allow.auto.create.topics"] = "false",
        };
        foreach (var (name, value) in options.Settings) settings[name] = value;
        foreach (var (name, value) in own) settings[name] = value;
        return settings;
    }

    private void Hear(LogMessage message)
    {
        // A broker that cannot be reached is told of as an error, once for all clients.
        if (message.Level <= SyslogLevel.Error && message.Facility != "FAIL") tell($"Kafka client: {message.Message}");
    }

    private void Hear(Error error)
    {
        if (error.Code is not (ErrorCode.Local_Transport or ErrorCode.Local_PartitionEOF)) tell($"Kafka: {error.Reason}");
    }
}
