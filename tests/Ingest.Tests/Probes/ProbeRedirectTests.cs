using System.Collections.Concurrent;
using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeRedirectTests
{
    [Fact]
    public async Task Redirect_to_another_host_is_followed_with_phases_summed()
    {
        await using var second = new RawServer(Answers.Hesitantly);
        await using var first = new RawServer(async (stream, end) =>
        {
            await Task.Delay(Answers.Pause, TimeProvider.System, end);
            await Answers.RedirectTo($"http://localhost:{second.EndPoint.Port}/there?token=1")(stream, end);
        });
        var result = await Probe.Once(first.Url);
        Assert.Equal((ProbeOutcome.Success, 1, 200), (result.Outcome, result.Redirects, result.Status));
        Assert.True(result.Wait >= Answers.Pause * 1.9);
        Assert.NotNull(result.Dns);
    }

    [Fact]
    public async Task Redirect_loop_ends_at_the_limit()
    {
        await using var server = new RawServer(Answers.RedirectTo("/again"));
        var result = await Probe.Once(Probe.Options(server.Url) with { MaxRedirects = 3 });
        Assert.Equal((ProbeOutcome.Http, "more than 3 redirects"), (result.Outcome, result.Error));
        Assert.Equal((3, 302, 4), (result.Redirects, result.Status, server.Accepted));
    }

    [Fact]
    public async Task Without_redirects_a_redirect_is_the_answer()
    {
        await using var server = new RawServer(Answers.RedirectTo("/again"));
        var result = await Probe.Once(Probe.Options(server.Url) with { MaxRedirects = 0, Expect = new() { Status = "302" } });
        Assert.Equal((ProbeOutcome.Success, 0), (result.Outcome, result.Redirects));
    }

    [Fact]
    public async Task Headers_stay_with_the_origin_they_were_written_for()
    {
        var requests = new ConcurrentQueue<string>();
        await using var other = new RawServer(Answers.Ok("", requests.Enqueue));
        await using var server = new RawServer(Answers.RedirectTo(other.Url, 303, requests.Enqueue));
        var result = await Probe.Once(Probe.Options(server.Url) with
        {
            Method = "POST",
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret" },
        });
        Assert.Equal(ProbeOutcome.Success, result.Outcome);
        Assert.Collection(
            requests,
            r => { Assert.StartsWith("POST / ", r, StringComparison.Ordinal); Assert.Contains("Authorization: Bearer secret", r, StringComparison.Ordinal); },
            r => { Assert.StartsWith("GET / ", r, StringComparison.Ordinal); Assert.DoesNotContain("secret", r, StringComparison.Ordinal); });
    }
}
