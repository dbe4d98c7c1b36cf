using System.Net;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class LiveEndpointTests : IAsyncLifetime
{
    private readonly LiveServer _server = new();

    [Fact]
    public async Task Window_is_shown_with_all_that_is_known_of_it()
    {
        _server.Model.Apply(Some.Result(host: "a\"<b>") with { Rate = 0.5 });
        var expected = """
            [{"window":"load","metric":"load.value","labels":{"host":"a\"<b>"},"start":"2025-12-31T23:59:50.000Z","end":"2026-01-01T00:00:00.000Z",
            "revision":1,"count":4,"sum":6,"min":0.5,"max":2.5,"mean":1.5,"first":1.5,"last":1.5,"rate":0.5,"quantiles":{"0.5":1.5,"0.95":2.5}}]
            """;
        Assert.Equal(expected.ReplaceLineEndings(""), await _server.Client.GetStringAsync("/api/windows"));
    }

    [Theory]
    [InlineData("", "a1 b1 a2 b2 a3")]
    [InlineData("?name=&metric=&from=&to=", "a1 b1 a2 b2 a3")]
    [InlineData("?label.host=b", "b1 b2")]
    [InlineData("?label.host=b&label.nope=x", "")]
    [InlineData("?metric=load.value&name=load&limit=2", "b2 a3")]
    [InlineData("?metric=queue.depth", "")]
    [InlineData("?name=queue", "")]
    [InlineData("?from=2026-01-01T00:00:02Z", "a2 b2 a3")]
    [InlineData("?from=2026-01-01T01:00:02.000%2B01:00&to=1767225602000", "a2 b2")]
    [InlineData("?to=2026-01-01T00:00:01.999Z", "a1 b1")]
    public async Task Windows_are_filtered_and_in_order(string query, string expected)
    {
        foreach (var (host, second) in (ReadOnlySpan<(string, int)>)[("b", 2), ("b", 1), ("a", 3), ("a", 1), ("a", 2)])
            _server.Model.Apply(Some.Result(host: host, end: Some.Now + second * 1000));
        using var json = JsonDocument.Parse(await _server.Client.GetStringAsync("/api/windows" + query));
        Assert.Equal(expected, string.Join(' ', json.RootElement.EnumerateArray().Select(w =>
            w.GetProperty("labels").GetProperty("host").GetString() + w.GetProperty("end").GetString()![18])));
    }

    [Theory]
    [InlineData("?nmae=load", 400, "Unknown parameter 'nmae'.", "name")]
    [InlineData("?name=load&name=x", 400, "'name' is given 2 times.", "once")]
    [InlineData("?from=yesterday", 400, "'from' is no time: yesterday", "RFC 3339")]
    [InlineData("?from=2026-01-01T00:00:00", 400, "'from' is no time: 2026-01-01T00:00:00", "RFC 3339")]
    [InlineData("?from=2&to=1", 400, "'from' is later than 'to'.", "Exchange")]
    [InlineData("?limit=0", 400, "'limit' is not a whole number", "limit=100")]
    [InlineData("?limit=99999999999999999999", 400, "'limit' is not a whole number", "limit=100")]
    [InlineData("?metric=load.valeu", 404, "There is no metric 'load.valeu'.", "Nearest known: load.value")]
    [InlineData("?name=lod", 404, "There is no window 'lod'.", "Nearest known: load")]
    public async Task Bad_question_is_answered_with_a_remedy(string query, int status, string error, string remedy)
    {
        using var response = await _server.Client.GetAsync(new Uri("/api/windows" + query, UriKind.Relative));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith(error, json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains(remedy, json.RootElement.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_windows_come_whole()
    {
        for (var i = 0; i < 20_000; i++) _server.Model.Apply(Some.Result(host: $"h{i % 10}", end: Some.Now + i));
        using var json = JsonDocument.Parse(await _server.Client.GetStreamAsync("/api/windows"));
        Assert.Equal(20_000, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Metrics_join_what_is_held_with_what_is_known()
    {
        _server.Model.Apply(Some.Result(host: "a"));
        _server.Model.Apply(Some.Result(host: "b"));
        _server.Model.Apply(Some.Result(host: "b", window: "long"));
        _server.Model.Apply(Some.Result("own.thing", "a"));
        Assert.Equal(
            """[{"name":"load.value","unit":"1","description":"How busy.","labels":["host"],"series":2,"windows":["load","long"]},{"name":"own.thing","unit":"","description":"","labels":["host"],"series":1,"windows":["load"]}]""",
            await _server.Client.GetStringAsync("/api/metrics"));
    }

    [Fact]
    public async Task Ledger_shows_every_column() => Assert.Equal(
        """[{"name":"stage windows","in":5,"out":3,"held":2,"late":0,"duplicate":0,"malformed":0,"filtered":0,"rejected":0,"overflow":0,"difference":0,"pooled":0}]""",
        await _server.Client.GetStringAsync("/api/ledger"));

    [Fact]
    public async Task Five_hundred_may_ask_for_the_verdict_at_once_and_it_is_not_computed_for_each()
    {
        const string Expected = """{"verdict":"healthy","reasons":[],"dataAgeSeconds":2,"time":"2026-01-01T00:00:02.000Z"}""";
        _server.Model.Apply(Some.Result());
        _server.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.Get("the stream has caused it", async () => await _server.Client.GetStringAsync("/api/verdict") == Expected ? Expected : null);
        var before = _server.Status.Reads;
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => _server.Client.GetStringAsync("/api/verdict")));
        Assert.Equal(Expected, Assert.Single(answers.Distinct()));
        Assert.InRange(_server.Status.Reads - before, 0, 2); // the stream's own tick may still be on its way
    }

    [Fact]
    public async Task Topics_are_listed()
    {
        await _server.Log.Append(new TopicPartition("windows", 1), Some.Result());
        using var json = JsonDocument.Parse(await _server.Client.GetStringAsync("/api/topics"));
        var partitions = json.RootElement.EnumerateArray().Single(t => t.GetProperty("name").GetString() == "windows").GetProperty("partitions");
        Assert.Equal(["0:0", "1:1"], partitions.EnumerateArray().Select(p => $"{p.GetProperty("partition")}:{p.GetProperty("end")}"));
    }

    [Fact]
    public async Task Answers_are_not_kept_on_the_way()
    {
        using var response = await _server.Client.GetAsync(new Uri("/api/verdict", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    public Task InitializeAsync() => _server.InitializeAsync();
    public Task DisposeAsync() => _server.DisposeAsync();
}
