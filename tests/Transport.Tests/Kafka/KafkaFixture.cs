using Pipeline.Testing;

namespace Pipeline.Transport.Tests.Kafka;

/// <summary>One broker for all tests that do not harm it.</summary>
public sealed class KafkaFixture : IAsyncLifetime
{
    private KafkaServer? _server;

    public KafkaServer Server => _server!;

    public async Task InitializeAsync() => _server = await KafkaServer.GetAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class KafkaTests : ICollectionFixture<KafkaFixture>
{
    public const string Name = "kafka";
}
