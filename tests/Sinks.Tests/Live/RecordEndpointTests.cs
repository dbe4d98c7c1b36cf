using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class RecordEndpointTests : IAsyncLifetime
{
    private static readonly TopicPartition W0 = new("windows", 0), W1 = new("windows", 1), Other = new("other", 0);

    private readonly LiveServer _server = new();
    private ILogWriter _writer = null!;

    [Fact]
    public async Task Record_is_one_line_with_its_value_as_it_is()
    {
        await _writer.Append(Other, "k\n\"é", """{"a": 1.0, "b":"<x>"}""");
        Assert.Equal("""{"partition":0,"offset":0,"key":"k\n\"é","time":"2026-01-01T00:00:00.000Z","value":{"a": 1.0, "b":"<x>"}}""" + "\n", await Get("other"));
    }

    [Theory]
    [InlineData("{\n \"a\":\r\n1}", "{  \"a\":  1}")]
    [InlineData("1e400", "1e400")]
    [InlineData("not json", """{"base64":"bm90IGpzb24="}""")]
    [InlineData("", """{"base64":""}""")]
    [InlineData("{} {}", """{"base64":"e30ge30="}""")]
    [InlineData("{\"a\":1", """{"base64":"eyJhIjox"}""")]
    public async Task Value_is_always_on_one_line_and_always_json(string value, string shown)
    {
        await _writer.Append(Other, "k", value);
        var line = Assert.Single(Lines(await Get("other")));
        Assert.EndsWith($"\"value\":{shown}}}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_shown_as_bytes()
    {
        var batch = new RecordBatch();
        batch.Add(Other, [0xff], [(byte)'"', 0xff, (byte)'"']);
        await _writer.AppendAsync(batch, default);
        using var json = JsonDocument.Parse(await Get("other"));
        Assert.Equal("\ufffd", json.RootElement.GetProperty("key").GetString());
        Assert.Equal([(byte)'"', 0xff, (byte)'"'], json.RootElement.GetProperty("value").GetProperty("base64").GetBytesFromBase64());
    }

    [Fact]
    public async Task Partitions_are_merged_by_time_each_in_its_own_order()
    {
        _server.Log.SliceRecords = () => 2;
        for (var i = 0; i < 10; i++)
        {
            await _writer.Append(i % 3 == 0 ? W1 : W0, "k", $"{i}");
            _server.Time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal("0123456789", await Values("windows"));
        Assert.Equal("0369", await Values("windows?partition=1"));
        Assert.Equal("0123", await Values("windows?limit=4"));
        Assert.Equal("56789", await Values("windows?from=2026-01-01T00:00:05Z"));
        Assert.Equal("578", await Values("windows?from=3&partition=0"));
        Assert.Equal("", await Values("windows?from=latest"));
        Assert.Equal("0123456789", await Values("windows?from=earliest"));
        Assert.Equal("", await Values("windows?from=99999"));
    }

    [Fact]
    public async Task Without_a_limit_a_thousand_records_come()
    {
        var batch = new RecordBatch();
        for (var i = 0; i < 1500; i++) batch.Add(W0, "k", "1");
        await _writer.AppendAsync(batch, default);
        Assert.Equal(1000, Lines(await Get("windows")).Length);
        Assert.Equal(1500, Lines(await Get("windows?limit=5000")).Length);
    }

    [Fact]
    public async Task Follower_sees_what_is_appended_later_in_any_partition_and_ends_at_its_limit()
    {
        await _writer.Append(W0, "k", "0");
        using var reader = new StreamReader(await _server.Client.GetStreamAsync("/api/topics/windows/records?follow=true&limit=4"));
        Assert.EndsWith("\"value\":0}", await reader.ReadLineAsync(), StringComparison.Ordinal);
        foreach (var (to, value) in (List<(TopicPartition, string)>)[(W1, "1"), (W0, "2"), (W1, "3")])
        {
            await _writer.Append(to, "k", value);
            Assert.EndsWith($"\"value\":{value}}}", await reader.ReadLineAsync(), StringComparison.Ordinal);
        }
        Assert.Null(await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Follower_from_the_latest_sees_only_what_comes()
    {
        await _writer.Append(W0, "k", "0");
        using var reader = new StreamReader(await _server.Client.GetStreamAsync("/api/topics/windows/records?follow=true&from=latest"));
        await _writer.Append(W0, "k", "1");
        Assert.EndsWith("\"value\":1}", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follower_ends_with_the_program()
    {
        using var reader = new StreamReader(await _server.Client.GetStreamAsync("/api/topics/windows/records?follow=true"));
        await _server.StopAsync();
        Assert.Null(await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData("nowhere/records", 404, "There is no topic 'nowhere'.", "Known: windows, other.")]
    [InlineData("windows/records?partition=2", 404, "The topic 'windows' has no partition 2.", "Known: 0 to 1.")]
    [InlineData("windows/records?partition=-1", 400, "'partition' is not a whole number", "partition=")]
    [InlineData("windows/records?from=tomorrow", 400, "'from' is neither a place nor a time: tomorrow", "earliest, latest")]
    [InlineData("windows/records?from=-5", 400, "'from' is neither", "earliest, latest")]
    [InlineData("windows/records?follow=yes", 400, "'follow' is neither true nor false: yes", "follow=true")]
    [InlineData("windows/records?form=1", 400, "Unknown parameter 'form'.", "from")]
    public async Task Bad_question_is_answered_with_a_remedy(string path, int status, string error, string remedy)
    {
        using var response = await _server.Client.GetAsync(new Uri("/api/topics/" + path, UriKind.Relative));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.StartsWith(error, json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains(remedy, json.RootElement.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/topics")]
    [InlineData("/api/topics/windows/records")]
    [InlineData("/api/windows/merged?window=load")]
    public async Task Log_that_is_away_is_told_of_and_may_be_asked_again(string path)
    {
        _server.Log.IsAway = true;
        using var response = await _server.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("The log is away.", json.RootElement.GetProperty("error").GetString());
        _server.Log.IsAway = false;
        using var again = await _server.Client.GetAsync(new Uri("/api/topics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        _writer = await _server.Log.OpenAsync("w", default);
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    private async Task<string> Get(string topic)
    {
        var (name, query) = topic.Split('?') is [var n, var q] ? (n, "?" + q) : (topic, "");
        return Encoding.UTF8.GetString(await _server.Client.GetByteArrayAsync($"/api/topics/{name}/records{query}"));
    }

    private async Task<string> Values(string topic) => string.Concat(Lines(await Get(topic)).Select(line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("value").GetRawText();
    }));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
