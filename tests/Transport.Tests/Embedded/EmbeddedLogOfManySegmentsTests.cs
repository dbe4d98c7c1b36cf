using Pipeline.Contracts;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

/// <summary>The same promises when every append begins a new segment and the journal is rolled all the time.</summary>
public sealed class EmbeddedLogOfManySegmentsTests : LogContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLog _log;

    public EmbeddedLogOfManySegmentsTests() =>
        _log = EmbeddedLog.Open(_folder.Path, Specs, new EmbeddedLogOptions { SegmentBytes = 1, JournalBytes = 1, Fsync = FsyncPolicy.Never }, Time);

    protected override ILog Log => _log;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
    }
}
