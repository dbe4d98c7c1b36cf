using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

[Collection(KafkaTests.Name), Trait("Needs", "kafka")]
public sealed class KafkaLogTests(KafkaFixture kafka) : LogContract, IAsyncLifetime
{
    private readonly string _prefix = $"t{Guid.NewGuid():N}-";
    private KafkaLog? _log;

    protected override ILog Log => _log!;
    protected override string Prefix => _prefix;

    public async Task InitializeAsync()
    {
        _log = new KafkaLog(new KafkaOptions { Servers = kafka.Server.Servers }, new Topics(Prefix), Specs, TimeProvider.System, _ => { });
        await _log.CreateTopicsAsync();
    }

    public async Task DisposeAsync() => await _log!.DisposeAsync();

    protected override Task PassTimeAsync() => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
}
