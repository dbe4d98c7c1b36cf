using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeRunnerTests
{
    [Fact]
    public async Task Good_answer_is_a_success_with_its_facts()
    {
        await using var server = new RawServer(Answers.Ok("hello"));
        var result = await Probe.Once(server.Url);
        Assert.Null(result.Error);
        Assert.Equal(
            (ProbeOutcome.Success, 200, 5, 0, "127.0.0.1", "1.1"),
            (result.Outcome, result.Status, result.BodyBytes, result.Redirects, result.RemoteAddress, result.HttpVersion));
        Assert.NotNull(result.Connect);
        Assert.Null(result.Dns);
        Assert.Null(result.Tls);
        Assert.True(result.Connect + result.Wait <= result.FirstByte);
        Assert.True(result.FirstByte + result.Transfer <= result.Elapsed);
    }

    [Fact]
    public async Task Silent_target_times_out_while_waiting()
    {
        await using var server = new RawServer(Answers.Silence);
        var result = await Probe.Briefly(server.Url);
        Assert.Equal((ProbeOutcome.Timeout, "waiting for the response took longer than the limit of 0.3 s"), (result.Outcome, result.Error));
        Assert.NotNull(result.Connect);
        Assert.Null(result.FirstByte);
        Assert.True(result.Elapsed >= TimeSpan.FromMilliseconds(290));
        await Testing.Eventually.Holds("the socket is closed", () => server.Open == 0);
    }

    [Fact]
    public async Task Refused_connection_is_named()
    {
        string url;
        await using (var server = new RawServer(Answers.Silence)) url = server.Url;
        var result = await Probe.Once(url);
        Assert.Equal((ProbeOutcome.Connect, "no connection: ConnectionRefused"), (result.Outcome, result.Error));
        Assert.Null(result.Connect);
    }

    [Fact]
    public async Task Target_with_a_full_backlog_times_out_while_connecting()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!);
        var result = await Probe.Briefly($"http://{listener.LocalEndPoint}/");
        Assert.Equal((ProbeOutcome.Timeout, "connecting took longer than the limit of 0.3 s"), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Name_that_does_not_resolve_is_named()
    {
        var result = await Probe.Once("http://nowhere.invalid/");
        Assert.Equal(ProbeOutcome.Dns, result.Outcome);
        Assert.StartsWith("the name cannot be resolved", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_is_resolved_in_a_phase_of_its_own()
    {
        await using var server = new RawServer(Answers.Ok(""));
        var result = await Probe.Once($"http://localhost:{server.EndPoint.Port}/");
        Assert.Equal(ProbeOutcome.Success, result.Outcome);
        Assert.NotNull(result.Dns);
    }

    [Fact]
    public async Task Endless_body_ends_at_the_limit()
    {
        await using var server = new RawServer(Answers.Endless);
        var result = await Probe.Once(Probe.Options(server.Url) with { BodyLimit = 100_000 });
        Assert.Equal((ProbeOutcome.Content, "the body is longer than the limit of 100000 bytes"), (result.Outcome, result.Error));
        Assert.InRange(result.BodyBytes!.Value, 100_001, 100_000 + 64 * 1024);
        await Testing.Eventually.Holds("the socket is closed", () => server.Open == 0);
    }

    [Fact]
    public async Task Endless_body_ends_at_the_time_limit()
    {
        await using var server = new RawServer(Answers.Endless);
        var result = await Probe.Once(Probe.Options(server.Url) with { BodyLimit = 1L << 40, Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal((ProbeOutcome.Timeout, "reading the body took longer than the limit of 0.3 s"), (result.Outcome, result.Error));
        Assert.True(result.BodyBytes > 0);
        Assert.Null(result.Transfer);
    }

    [Fact]
    public async Task Dripping_header_times_out()
    {
        await using var server = new RawServer(Answers.Drip("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", TimeSpan.FromMilliseconds(50)));
        var result = await Probe.Briefly(server.Url);
        Assert.Equal((ProbeOutcome.Timeout, "waiting for the response took longer than the limit of 0.3 s"), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Dripping_answer_in_time_is_a_success()
    {
        await using var server = new RawServer(Answers.Drip("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", TimeSpan.FromMilliseconds(1)));
        var result = await Probe.Once(Probe.Options(server.Url) with { Expect = new() { Text = "ok" } });
        Assert.Equal((ProbeOutcome.Success, 2), (result.Outcome, result.BodyBytes));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "unexpected status 500")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n\r\n", "the response is not valid HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "the connection was closed before the response was complete")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", "the connection was closed before the response was complete")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "the response is not valid HTTP")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", "a redirect to something other than http")]
    public async Task Bad_answer_is_named(string response, string error)
    {
        await using var server = new RawServer(Answers.Text(response));
        var result = await Probe.Once(server.Url);
        Assert.Equal((ProbeOutcome.Http, error), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Huge_header_is_refused()
    {
        await using var server = new RawServer(Answers.Text($"HTTP/1.1 200 OK\r\nX: {new string('x', 100_000)}\r\n\r\n"));
        var result = await Probe.Once(server.Url);
        Assert.Equal((ProbeOutcome.Http, "the header of the response is too long"), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Hangup_is_named_and_not_tried_again()
    {
        await using var server = new RawServer(Answers.Hangup);
        var result = await Probe.Once(server.Url);
        Assert.Equal((ProbeOutcome.Http, "the connection was closed before the response was complete"), (result.Outcome, result.Error));
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Chunked_body_is_read_whole()
    {
        await using var server = new RawServer(Answers.Text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("abcde")));
        var result = await Probe.Once(Probe.Options(server.Url) with { Expect = new() { Sha256 = hash.ToUpperInvariant(), Length = 5, Text = "cd" } });
        Assert.Equal((ProbeOutcome.Success, hash), (result.Outcome, result.Sha256));
    }

    [Theory]
    [InlineData(4, null, null, "the body has 5 bytes, not 4")]
    [InlineData(null, "0000000000000000000000000000000000000000000000000000000000000000", null, "the SHA-256 of the body is another one")]
    [InlineData(null, null, "HELLO", "the body does not contain the expected text")]
    public async Task Wrong_body_is_named(int? length, string? sha256, string? text, string error)
    {
        await using var server = new RawServer(Answers.Ok("hello"));
        var result = await Probe.Once(Probe.Options(server.Url) with { Expect = new() { Length = length, Sha256 = sha256, Text = text } });
        Assert.Equal((ProbeOutcome.Content, error), (result.Outcome, result.Error));
    }

    [IPv6Fact]
    public async Task Address_may_be_an_IPv6_literal()
    {
        await using var server = new RawServer(Answers.Ok(""), address: IPAddress.IPv6Loopback);
        var result = await Probe.Once(server.Url);
        Assert.Equal((ProbeOutcome.Success, "::1"), (result.Outcome, result.RemoteAddress));
    }

    [Fact]
    public async Task Waiting_and_transfer_are_as_long_as_the_server_makes_them()
    {
        await using var server = new RawServer(Answers.Hesitantly);
        var result = await Probe.Once(server.Url);
        Assert.True(result.Wait >= Answers.Pause * 0.95);
        Assert.True(result.FirstByte >= result.Wait + result.Connect);
        Assert.True(result.Transfer >= Answers.Pause); // of two pauses: on a busy machine the header is seen late
        Assert.True(result.Elapsed >= Answers.Pause * 2.85);
    }
}
