using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>A real Kafka in which the real program, run by roles, has put something into every topic.</summary>
public sealed class FilledKafka : IAsyncLifetime
{
    public const string Malformed = "not { JSON";

    /// <summary>A topic in which a tombstone and what others wrote come before a result.</summary>
    public const string Mixed = "mixed";

    private const string Config = """
        {
          "node": "test", "hardware": null, "push": { "lateness": "0s" },
          "windows": [ { "name": "load", "metric": "load.value", "by": ["host"], "size": "2s", "lateness": "0s" } ]
        }
        """;

    private static readonly string[] Topics = ["observations", "partials", "windows", "late", "dead-letter", "progress", "members"];

    private KafkaStack? _stack;

    public string Servers => _stack!.Kafka.Servers;

    public async Task InitializeAsync()
    {
        _stack = await KafkaStack.StartAsync(Config, processors: 1);
        using (var other = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = Servers }).Build())
            await other.ProduceAsync("observations", new Message<string, string> { Key = "h1", Value = Malformed });
        using var stop = new CancellationTokenSource();
        var load = new PushLoad(_stack.Ingest.Http, samplesPerSecond: PushLoad.SamplesPerRequest, senders: 1).RunAsync(stop.Token);
        var poor = "";
        await Eventually.Get("every topic has records", async () =>
        {
            using var late = new StringContent("load,host=h1 value=1 1000");
            await _stack.Ingest.Http.PostAsync("/write?precision=ms", late);
            poor = string.Join(", ", Topics.Select(t => (Topic: t, Read(t).Count)).Where(t => t.Count < (t.Topic is "late" or "dead-letter" ? 1 : 20)));
            return poor.Length == 0 ? Topics : null;
        }, TimeSpan.FromSeconds(120), () => $"Too few are in {poor}.\n{_stack.Ingest.Said}\n{_stack.Processors[0].Said}");
        await stop.CancelAsync();
        await load;
        await MixAsync(Read("windows")[0].Message.Value);
    }

    public async Task DisposeAsync() => await _stack!.DisposeAsync();

    private async Task MixAsync(byte[] result)
    {
        using var producer = new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = Servers }).Build();
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = Mixed, NumPartitions = 1, ReplicationFactor = 1 }]);
        foreach (var value in (byte[]?[])[null, [.. "not { JSON"u8], [.. "[]"u8], [.. "{}"u8], [.. "{\"labels\":null}"u8], result])
            await producer.ProduceAsync(Mixed, new Message<string, byte[]?> { Key = "k", Value = value });
    }

    /// <summary>What is committed in a topic now.</summary>
    public IReadOnlyList<ConsumeResult<string, byte[]>> Read(string topic)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = Servers, GroupId = "test", EnableAutoCommit = false, EnablePartitionEof = true, IsolationLevel = IsolationLevel.ReadCommitted,
            FetchWaitMaxMs = 10, // a topic that grows all the time has an end only between two of its records
        }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p.PartitionId, Offset.Beginning)));
        var records = new List<ConsumeResult<string, byte[]>>();
        for (var ended = 0; ended < partitions.Count;)
        {
            var next = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException($"Kafka sends nothing of {topic}.");
            if (next.IsPartitionEOF) ended++;
            else records.Add(next);
        }
        return records;
    }

    public static string Header(ConsumeResult<string, byte[]> record, string name) => Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes(name));
}

[CollectionDefinition(Name)]
public sealed class SubscriberTests : ICollectionFixture<FilledKafka>
{
    public const string Name = "filled kafka";
}
