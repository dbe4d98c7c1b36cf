using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

public sealed class InMemoryLogTests : LogContract
{
    private readonly InMemoryLog _log;

    public InMemoryLogTests() => _log = new InMemoryLog(Specs, Time);

    protected override ILog Log => _log;

    [Fact]
    public async Task Injected_failure_keeps_the_batch_out()
    {
        var writer = await _log.OpenAsync("w", default);
        _log.BeforeAppend = _ => throw new LogFullException("nowhere");
        await Assert.ThrowsAsync<LogFullException>(() => writer.Append(A0, "k", "lost"));
        _log.BeforeAppend = null;
        await writer.Append(A0, "k", "kept");
        Assert.Equal(["kept"], Values(await _log.Take(A0, 0, 1)));
    }
}
