using System.Runtime.InteropServices;
using Confluent.Kafka;
using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

/// <summary>The contract on the cluster that librdkafka plays itself: without a broker, and so everywhere.</summary>
public sealed partial class MockKafkaLogTests : LogContract, IAsyncLifetime
{
    private readonly IProducer<byte[], byte[]> _cluster = new ProducerBuilder<byte[], byte[]>(Mock()).SetLogHandler((_, _) => { }).Build();
    private KafkaLog? _log;

    static MockKafkaLogTests() => NativeLibrary.SetDllImportResolver(typeof(MockKafkaLogTests).Assembly, Librdkafka.Resolve);

    protected override ILog Log => _log!;

    public Task InitializeAsync()
    {
        // It knows no CreateTopics.
        foreach (var spec in Specs) Assert.Equal(0, CreateTopic(ClusterOf(ClientHandle.Of(_cluster)), spec.Name, spec.Partitions, 1));
        using var admin = new DependentAdminClientBuilder(_cluster.Handle).Build();
        var servers = string.Join(',', admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers.Select(b => $"{b.Host}:{b.Port}"));
        _log = new KafkaLog(new KafkaOptions { Servers = servers }, new Topics(), Specs, TimeProvider.System, _ => { });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _log!.DisposeAsync();
        _cluster.Dispose();
    }

    protected override Task PassTimeAsync() => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);

    private static ProducerConfig Mock()
    {
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        config.Set("test.mock.num.brokers", "1");
        return config;
    }

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_handle_mock_cluster")]
    private static partial nint ClusterOf(nint client);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(nint cluster, string topic, int partitions, int replication);
}
