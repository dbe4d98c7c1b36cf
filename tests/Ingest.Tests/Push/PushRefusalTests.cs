using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Push;

public sealed class PushRefusalTests
{
    private const int Limit = 1 << 16;
    private static readonly PushOptions Small = new() { MaxBodyBytes = Limit, MaxConcurrentRequests = 1 };

    [Fact]
    public async Task A_compressed_body_is_read()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await server.PostAsync("/write", Gzip("m v=1\nm v=2"u8.ToArray()), "gzip")).Status);
        Assert.Equal(2, server.Writer.Records.Count);
    }

    [Theory]
    [InlineData(Limit, HttpStatusCode.NoContent)]
    [InlineData(Limit + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(1 << 28, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_bound_on_the_body_counts_after_decompression(int bytes, HttpStatusCode expected)
    {
        await using var server = await PushServer.StartAsync(Small);
        var body = new byte[bytes];
        body.AsSpan().Fill((byte)' ');

        Assert.Equal(expected, (await server.PostAsync("/write", Gzip(body), "gzip")).Status);
        Assert.Equal(expected == HttpStatusCode.NoContent ? 0 : 1, server.Account.Read().Overflow);
    }

    [Fact]
    public async Task A_gzip_of_empty_members_without_end_is_too_large()
    {
        await using var server = await PushServer.StartAsync(Small);
        var member = Convert.FromHexString("1f8b080000000000000303000000000000000000");
        var members = Enumerable.Repeat(member, Limit / member.Length + 1).SelectMany(m => m).ToArray();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.PostAsync("/write", members, "gzip")).Status);
    }

    [Theory]
    [InlineData("/write", "error")]
    [InlineData("/api/v2/write", "request too large")]
    [InlineData("/api/observations", "error")]
    public async Task A_body_that_is_too_large_appends_nothing(string path, string word)
    {
        await using var server = await PushServer.StartAsync(Small);
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("m v=1\n", Limit / 5)))));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(word, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.Writer.Appends);
        Assert.Equal(0, server.Account.Read().Difference);
    }

    [Fact]
    public async Task A_body_with_too_many_lines_appends_nothing()
    {
        await using var server = await PushServer.StartAsync(new PushOptions { MaxLines = 2 });

        Assert.Equal(HttpStatusCode.NoContent, (await server.PostAsync("/write", "m v=1\nm v=2\n")).Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, """{"error":"the body has more lines than push.maxLines, 2"}"""),
            await server.PostAsync("/write", "m v=1\nm v=2\nm v=3\n"));
        Assert.Equal(LedgerEntry.Zero("push") with { In = 3, Out = 2, Overflow = 1 }, server.Account.Read());
    }

    [Fact]
    public async Task Broken_gzip_is_a_400()
    {
        await using var server = await PushServer.StartAsync();
        var whole = Gzip("m v=1\n"u8.ToArray());
        var wrongSum = whole.ToArray();
        wrongSum[^5] ^= 1;

        foreach (var broken in new[] { "m v=1"u8.ToArray(), whole[..^9], whole[..^3], wrongSum })
            Assert.Equal((HttpStatusCode.BadRequest, """{"error":"the body is not whole gzip"}"""), await server.PostAsync("/write", broken, "gzip"));
        Assert.Equal(0, server.Writer.Appends);
        Assert.Equal(LedgerEntry.Zero("push") with { In = 4, Malformed = 4 }, server.Account.Read());
    }

    [Fact]
    public async Task An_unknown_encoding_is_a_415()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, """{"code":"invalid","message":"unknown Content-Encoding 'br'; use gzip or none"}"""),
            await server.PostAsync("/api/v2/write", [1], "br"));
    }

    [Fact]
    public async Task A_chunked_body_is_read()
    {
        await using var server = await PushServer.StartAsync();
        using var content = new StreamContent(new MemoryStream("m v=1\nm v=2\n"u8.ToArray()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/write") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(2, server.Writer.Records.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_goes_away_leaves_nothing_behind(bool afterTheBody)
    {
        await using var server = await PushServer.StartAsync();
        server.Writer.Gate = new TaskCompletionSource().Task;
        var body = "m v=1\nm v=2\n"u8.ToArray();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n"));
            await stream.WriteAsync(body.AsMemory(0, afterTheBody ? body.Length : 7));
            if (afterTheBody) await Eventually.Holds("the append has begun", () => server.Writer.Waiting == 1);
        }

        await Eventually.Holds("the request is over", () => server.Ended == 1);
        Assert.Empty(server.Writer.Records);
        if (afterTheBody) Assert.Equal(2, server.Account.Read().Rejected);
        Assert.Equal(0, server.Account.Read().Difference);
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(plain);
        return packed.ToArray();
    }
}
