using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeConnectionTests
{
    [Fact]
    public async Task Each_probe_opens_a_connection_of_its_own()
    {
        await using var server = new RawServer(Answers.KeepAlive);
        using var runner = new ProbeRunner(TimeProvider.System);
        var target = Probe.Target(Probe.Options(server.Url));
        for (var i = 0; i < 3; i++) Assert.NotNull((await runner.Run(target, CancellationToken.None)).Connect);
        Assert.Equal(3, server.Accepted);
        await Testing.Eventually.Holds("all sockets are closed", () => server.Open == 0);
    }

    [Fact]
    public async Task Kept_connection_is_used_again_and_closed_at_the_end()
    {
        await using var server = new RawServer(Answers.KeepAlive);
        using (var runner = new ProbeRunner(TimeProvider.System))
        {
            var target = Probe.Target(Probe.Options(server.Url) with { FreshConnection = false });
            Assert.NotNull((await runner.Run(target, CancellationToken.None)).Connect);
            for (var i = 0; i < 3; i++)
            {
                var result = await runner.Run(target, CancellationToken.None);
                Assert.Equal((ProbeOutcome.Success, null), (result.Outcome, result.Connect));
                Assert.NotNull(result.Wait);
            }
            Assert.Equal((1, 1), (server.Accepted, server.Open));
        }
        await Testing.Eventually.Holds("the socket is closed", () => server.Open == 0);
    }

    [Fact]
    public async Task Aborted_probe_gives_no_result_and_leaves_no_socket()
    {
        await using var server = new RawServer(Answers.Silence);
        using var runner = new ProbeRunner(TimeProvider.System);
        using var abort = new CancellationTokenSource();
        var run = runner.Run(Probe.Target(Probe.Options(server.Url)), abort.Token);
        await Testing.Eventually.Holds("the probe is connected", () => server.Open == 1);
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Testing.Eventually.Holds("the socket is closed", () => server.Open == 0);
    }
}
