using System.Net;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Push;

public sealed class PushFailureTests
{
    [Fact]
    public async Task A_full_log_is_a_503_that_says_when_to_come_back()
    {
        await using var server = await PushServer.StartAsync();
        server.Writer.Failure = () => new LogFullException("/data");
        using var content = new StringContent("m v=1\nbad\n");
        using var answer = await server.Client.PostAsync(new Uri("/api/v2/write", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("""{"code":"unavailable","message":"No room in /data. Free some space, or lower log.retention."}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(LedgerEntry.Zero("push") with { In = 2, Malformed = 1, Overflow = 1 }, server.Account.Read());
    }

    public static TheoryData<Exception> Failures => new(
        new OutcomeUnknownException("unknown"), new FencedException("push"), new IOException("disk"), new InvalidDataException("corrupt"));

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_failed_append_is_a_500_and_never_a_204(Exception failure)
    {
        await using var server = await PushServer.StartAsync();
        server.Writer.Failure = () => failure;

        Assert.Equal(HttpStatusCode.InternalServerError, (await server.PostAsync("/write", "m v=1")).Status);
        Assert.Equal(LedgerEntry.Zero("push") with { In = 1, Rejected = 1 }, server.Account.Read());
    }

    [Fact]
    public async Task The_log_that_recovers_gets_only_what_came_after()
    {
        await using var server = await PushServer.StartAsync();
        server.Writer.Failure = () => new LogFullException("/data");
        await server.PostAsync("/write", "m v=1");
        server.Writer.Failure = () => null;

        Assert.Equal(HttpStatusCode.NoContent, (await server.PostAsync("/write", "m v=2")).Status);
        Assert.Equal(2, Assert.Single(server.Writer.Records).Json.GetProperty("values").GetProperty("v").GetDouble());
    }

    [Fact]
    public async Task One_request_too_many_is_refused_and_the_others_are_not_disturbed()
    {
        await using var server = await PushServer.StartAsync(new PushOptions { MaxConcurrentRequests = 1 });
        var gate = new TaskCompletionSource();
        server.Writer.Gate = gate.Task;
        var first = server.PostAsync("/write", "m v=1");
        await Eventually.Holds("the first is being appended", () => server.Writer.Waiting == 1);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":"1 requests are in work already"}"""), await server.PostAsync("/write", "m v=2"));
        gate.SetResult();
        Assert.Equal(HttpStatusCode.NoContent, (await first).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await server.PostAsync("/write", "m v=3")).Status);
        Assert.Equal(LedgerEntry.Zero("push") with { In = 3, Out = 2, Overflow = 1 }, server.Account.Read());
    }
}
