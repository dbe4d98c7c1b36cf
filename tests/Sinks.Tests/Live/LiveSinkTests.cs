using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class LiveSinkTests : IDisposable
{
    private static readonly TopicPartition P0 = new("windows", 0), P1 = new("windows", 1);

    private readonly TestTimeProvider _time = new();
    private readonly Ledger _ledger = new();
    private readonly ReadModel _model = new(new LiveOptions { Keep = TimeSpan.FromMinutes(10) });
    private readonly CancellationTokenSource _stop = new();
    private readonly InMemoryLog _log;
    private readonly LiveSink _sink;

    public LiveSinkTests()
    {
        _log = new InMemoryLog([new TopicSpec("windows", 2, TimeSpan.MaxValue, long.MaxValue)], _time);
        _sink = new LiveSink(_log, "windows", _model, _ledger, _time);
    }

    [Fact]
    public async Task Model_is_rebuilt_from_all_partitions_and_then_follows()
    {
        await _log.Append(P0, Some.Result(host: "a"));
        await _log.Append(P1, Some.Result(host: "b"), Some.Result(host: "c"));
        Assert.False(_sink.IsCaughtUp);
        var running = _sink.RunAsync(_stop.Token, default);
        await Eventually.Holds("caught up", () => _sink.IsCaughtUp);
        Assert.Equal(3, _model.Stats.Points);

        await _log.Append(P0, Some.Result(host: "d"));
        await Eventually.Holds("the new one is there", () => _model.Stats.Points == 4);
        await Stop(running);
    }

    [Fact]
    public async Task Reading_begins_with_what_the_log_took_within_the_time_to_keep()
    {
        await _log.Append(P0, Some.Result(host: "old", end: Some.Now));
        _time.Advance(TimeSpan.FromMinutes(11));
        await _log.Append(P0, Some.Result(host: "new", end: Some.Now + 660_000));
        var running = _sink.RunAsync(_stop.Token, default);
        await Eventually.Holds("caught up", () => _sink.IsCaughtUp);
        await Stop(running);
        Assert.Equal(1, _ledger.Read().Single().In);
    }

    [Fact]
    public async Task Empty_topic_is_caught_up_with_at_once()
    {
        var running = _sink.RunAsync(_stop.Token, default);
        await Eventually.Holds("caught up", () => _sink.IsCaughtUp);
        await Stop(running);
    }

    [Fact]
    public async Task What_cannot_be_used_is_counted_and_reading_goes_on()
    {
        var writer = await _log.OpenAsync("w", default);
        foreach (var bad in (string[])["", "{", "null", "[]", "{}", "\"x\"", """{"window":null}"""]) await writer.Append(P0, "k", bad);
        var sound = JsonSerializer.Serialize(Some.Result(), WireFormat.Records.WindowResult);
        await writer.Append(P0, "k", sound.Replace("\"mean\":1.5", "\"mean\":1e400", StringComparison.Ordinal));
        foreach (var field in (string[])["window", "labels"])
        {
            var node = System.Text.Json.Nodes.JsonNode.Parse(sound)!;
            node[field] = null;
            await writer.Append(P0, "k", node.ToJsonString());
        }
        await _log.Append(P0,
            Some.Result() with { Start = Some.Now }, Some.Result() with { End = long.MaxValue },
            Some.Result(end: Some.Now + 601_000), Some.Result(), Some.Result(), Some.Result(end: Some.Now - 700_000));
        var running = _sink.RunAsync(_stop.Token, default);
        await Eventually.Holds("caught up", () => _sink.IsCaughtUp);
        await Stop(running);
        var books = _ledger.Read().Single();
        Assert.Equal(LedgerEntry.Zero("sink live") with { In = 16, Out = 1, Malformed = 12, Rejected = 1, Duplicate = 1, Filtered = 1 }, books);
        Assert.Equal(0, books.Difference);
    }

    [Fact]
    public async Task Running_again_changes_nothing()
    {
        await _log.Append(P0, [.. Enumerable.Range(0, 50).Select(i => Some.Result(end: Some.Now + i))]);
        for (var round = 0; round < 2; round++)
        {
            using var stop = new CancellationTokenSource();
            var running = _sink.RunAsync(stop.Token, default);
            await Eventually.Holds("caught up", () => _sink.IsCaughtUp && _ledger.Read().Single().In == 50 * (round + 1));
            await stop.CancelAsync();
            await running;
        }
        Assert.Equal(LedgerEntry.Zero("sink live") with { In = 100, Out = 50, Duplicate = 50 }, _ledger.Read().Single());
    }

    [Fact]
    public async Task Missing_topic_is_an_error() =>
        await Assert.ThrowsAsync<UnknownTopicException>(() => new LiveSink(_log, "nowhere", _model, _ledger, _time).RunAsync(_stop.Token, default));

    public void Dispose() => _stop.Dispose();

    private async Task Stop(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }
}
