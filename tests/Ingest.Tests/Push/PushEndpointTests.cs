using System.Net;
using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Tests.Push;

public sealed class PushEndpointTests
{
    [Theory]
    [InlineData("/write?db=x&u=y&p=z")]
    [InlineData("/api/v2/write?bucket=b&org=o")]
    public async Task A_good_body_is_one_append_and_a_204(string path)
    {
        await using var server = await PushServer.StartAsync();

        var (status, text) = await server.PostAsync(path, "cpu,host=a user=1 1700000000000000000\n\n# comment\r\ncpu,host=b user=2\r\n");

        Assert.Equal((HttpStatusCode.NoContent, ""), (status, text));
        Assert.Equal(1, server.Writer.Appends);
        Assert.Equal(
            ["""a {"kind":"cpu","time":1700000000000,"source":"node-1","labels":{"host":"a"},"values":{"user":1}}""",
             """b {"kind":"cpu","time":1767225600000,"source":"node-1","labels":{"host":"b"},"values":{"user":2}}"""],
            server.Writer.Records.Select(r => $"{r.Key} {r.Value}"));
        Assert.All(server.Writer.Records, r =>
            Assert.Equal(new TopicPartition("observations", Partitioner.Of(Encoding.UTF8.GetBytes(r.Key), 2)), r.To));
        Assert.Equal(LedgerEntry.Zero("push") with { In = 2, Out = 2 }, server.Account.Read());
    }

    [Fact]
    public async Task A_body_without_lines_is_a_204_without_an_append()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await server.PostAsync("/write", "\n# only a comment\n")).Status);
        Assert.Equal(0, server.Writer.Appends);
    }

    [Theory]
    [InlineData("/write?precision=m", 28_333_333L)]
    [InlineData("/write?precision=u", 1_699_999_980_000_000L)]
    [InlineData("/api/v2/write?precision=us", 1_699_999_980_000_000L)]
    [InlineData("/api/v2/write?precision=s", 1_699_999_980L)]
    public async Task The_precision_of_the_request_counts(string path, long count)
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await server.PostAsync(path, $"m v=1 {count}")).Status);
        Assert.Equal(1_699_999_980_000, server.Writer.Records[0].Json.GetProperty("time").GetInt64());
    }

    [Fact]
    public async Task An_unknown_precision_is_a_400_that_names_the_known_ones()
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"unknown precision 'us2'; use one of n, ns, u, us, µs, ms, s, m, h"}"""),
            await server.PostAsync("/write?precision=us2", "m v=1 1"));
        Assert.Equal((HttpStatusCode.BadRequest, """{"code":"invalid","message":"unknown precision 'm'; use one of ns, us, ms, s"}"""),
            await server.PostAsync("/api/v2/write?precision=m", "m v=1 1"));
    }

    [Theory]
    [InlineData("/write", """{"error":"partial write: unable to parse 'm v=x': a value is neither a finite number, a boolean nor a quoted text (line 2)\nunable to parse 'n': missing fields (line 4) dropped=2"}""")]
    [InlineData("/api/v2/write", """{"code":"invalid","message":"partial write: 2 lines are stored, 2 bad lines are not\nline 2: unable to parse 'm v=x': a value is neither a finite number, a boolean nor a quoted text\nline 4: unable to parse 'n': missing fields"}""")]
    public async Task Good_lines_among_bad_ones_are_stored_and_the_bad_ones_named(string path, string answer)
    {
        await using var server = await PushServer.StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, answer), await server.PostAsync(path, "m v=1\nm v=x\n\nn\nm v=2"));
        Assert.Equal(2, server.Writer.Records.Count);
        Assert.Equal(LedgerEntry.Zero("push") with { In = 4, Out = 2, Malformed = 2 }, server.Account.Read());
    }

    [Fact]
    public async Task Of_many_bad_lines_the_first_are_named_and_the_rest_counted()
    {
        await using var server = await PushServer.StartAsync();

        var (status, text) = await server.PostAsync("/write", string.Join('\n', Enumerable.Repeat("bad", 1000)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("{\"error\":\"unable to parse 'bad'", text, StringComparison.Ordinal);
        Assert.EndsWith("(line 20)\\nand 980 more bad lines dropped=1000\"}", text, StringComparison.Ordinal);
        Assert.Equal(0, server.Writer.Appends);
    }

    [Fact]
    public async Task A_long_bad_line_is_named_by_its_beginning()
    {
        await using var server = await PushServer.StartAsync();
        var start = new string('x', 79);

        Assert.Equal((HttpStatusCode.BadRequest, $$"""{"error":"unable to parse '{{start}}…': missing fields (line 1) dropped=1"}"""),
            await server.PostAsync("/write", start + string.Concat(Enumerable.Repeat("😀", 200))));
    }

    [Fact]
    public async Task Observations_are_taken_as_JSON_lines()
    {
        await using var server = await PushServer.StartAsync();

        var answer = await server.PostAsync("/api/observations", """
            {"kind":"k","time":"2026-01-01T00:00:01Z","labels":{"host":"h"},"values":{"v":1}}
            {"kind":"k"}
            """);

        Assert.Equal((HttpStatusCode.BadRequest,
            """{"error":"partial write: 1 lines are stored, 1 bad lines are not","stored":1,"bad":1,"lines":[{"line":2,"error":"no number among the values; a text alone cannot be measured","text":"{\"kind\":\"k\"}"}]}"""), answer);
        Assert.Equal("""{"kind":"k","time":1767225601000,"source":"node-1","labels":{"host":"h"},"values":{"v":1}}""", Assert.Single(server.Writer.Records).Value);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_ping_is_answered_with_a_version(string method)
    {
        await using var server = await PushServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/ping");
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.True(answer.Headers.Contains("X-Influxdb-Version"));
    }
}
