using Pipeline.Contracts;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

public sealed class EmbeddedLogTests : LogContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLog _log;

    public EmbeddedLogTests() => _log = EmbeddedLog.Open(_folder.Path, Specs, new EmbeddedLogOptions(), Time);

    protected override ILog Log => _log;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
    }
}
