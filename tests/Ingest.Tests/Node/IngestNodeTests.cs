using System.Reactive.Subjects;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests;

public sealed class IngestNodeTests : IAsyncLifetime
{
    private readonly TestTimeProvider _time = new();
    private readonly InMemoryLog _log;
    private readonly Ledger _ledger = new();
    private readonly Subject<Emission> _first = new();
    private readonly Subject<Emission> _second = new();
    private readonly CancellationTokenSource _stop = new();
    private ILogWriter _writer = null!;
    private Task _run = Task.CompletedTask;

    public IngestNodeTests() => _log = new InMemoryLog([new TopicSpec("observations", 2, TimeSpan.MaxValue, long.MaxValue)], _time);

    public async Task InitializeAsync() => _writer = await _log.OpenAsync("node", default);

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    [Fact]
    public async Task Observations_go_to_the_partition_of_their_key_and_ticks_to_every_partition()
    {
        Run();
        _first.OnNext(new Emission([Some("a"), Some("b"), Some("c")], Now));
        await Records(3);
        await TickOnce();
        var all = await Records(5);
        Assert.Equal(3, all.Count(r => Kind(r) == "load"));
        Assert.Equal(2, all.Count(r => Kind(r) == "tick"));
        foreach (var record in all.Where(r => r.Key != "tick"))
            Assert.Equal(Partitioner.Of(System.Text.Encoding.UTF8.GetBytes(record.Key), 2), await PartitionOf(record));
    }

    [Fact]
    public async Task Tick_promises_the_least_of_what_the_sources_promise()
    {
        Run(lateness: TimeSpan.Zero);
        _first.OnNext(new Emission([], Now + 60_000));
        _second.OnNext(new Emission([], Now - 7_000));
        var promised = Now - 7_000;
        await TickOnce();
        Assert.Equal(promised, TimeOf((await Records(2))[0]));
    }

    [Fact]
    public async Task Tick_leaves_room_for_pushes_that_may_be_older()
    {
        Run(lateness: TimeSpan.FromSeconds(10));
        _first.OnNext(new Emission([], Now + 60_000));
        _second.OnNext(new Emission([], Now + 60_000));
        await TickOnce();
        Assert.Equal(Now - 10_000, TimeOf((await Records(2))[0]));
    }

    [Fact]
    public async Task Silent_source_holds_the_promise_back_for_a_bounded_time()
    {
        Run(lateness: TimeSpan.Zero);
        _first.OnNext(new Emission([], Now + 600_000));
        var begun = Now;
        for (var i = 0; i < 60; i++) await TickOnce();
        var ticks = (await Records(120)).Where(r => Kind(r) == "tick").Select(TimeOf).ToList();
        Assert.Equal(begun, ticks[0]);
        Assert.Equal(Now - 45_000, ticks.Max());
    }

    [Fact]
    public async Task Failed_source_is_subscribed_again()
    {
        var attempts = 0;
        var failing = new Source("failing", OverflowPolicy.DropNewest, System.Reactive.Linq.Observable.Create<Emission>(observer =>
        {
            if (++attempts == 1) observer.OnError(new IOException("gone"));
            else observer.OnNext(new Emission([Some("a")], Now));
            return () => { };
        }));
        Run(TimeSpan.Zero, failing);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a", (await Observations(1))[0].Key);
    }

    [Fact]
    public async Task Full_log_makes_the_queue_fill_and_what_overflows_is_counted()
    {
        _log.BeforeAppend = _ => throw new LogFullException("a test");
        Run();
        for (var i = 0; i < 5000; i++) _first.OnNext(new Emission([Some("a")], Now));
        _log.BeforeAppend = null;
        await Eventually.Holds("the node writes again", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var row = _ledger.Read().Single(r => r.Name == "source first");
            return row is { In: 5000, Difference: 0 } && row.Out + row.Overflow == 5000 && row.Overflow > 0 && row.Out >= 16;
        });
    }

    [Fact]
    public async Task Value_that_json_cannot_write_is_rejected_and_the_rest_goes_on()
    {
        Run();
        _first.OnNext(new Emission([Some("a", double.NaN), Some("b"), Some("c", double.PositiveInfinity)], Now));
        Assert.Equal("b", (await Observations(1))[0].Key);
        await Eventually.Holds("the books are settled", () => _ledger.Read().Single(r => r.Name == "source first") is { In: 3, Out: 1, Rejected: 2, Difference: 0 });
    }

    [Fact]
    public async Task What_waits_when_the_node_stops_is_written()
    {
        Run();
        for (var i = 0; i < 10; i++) _first.OnNext(new Emission([Some("a")], Now));
        await DisposeAsync();
        Assert.Equal(10, (await All()).Count(r => Kind(r) == "load"));
    }

    private long Now => _time.UnixMilliseconds();

    private void Run(TimeSpan? lateness = null, params Source[] sources)
    {
        var target = new IngestTarget("observations", 2, "node");
        var node = new IngestNode(target, new IngestOptions { Queue = 16 }, lateness ?? TimeSpan.Zero, _time, NullLogger<IngestNode>.Instance);
        if (sources.Length == 0) sources = [new("first", OverflowPolicy.DropNewest, _first), new("second", OverflowPolicy.DropNewest, _second)];
        _run = node.RunAsync(sources, _writer, _ledger, _stop.Token, CancellationToken.None);
    }

    private async Task TickOnce()
    {
        var before = (await All()).Count(r => Kind(r) == "tick");
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Get("a tick", async () => (await All()).Count(r => Kind(r) == "tick") > before ? "yes" : null);
    }

    private Task<IReadOnlyList<ReadRecord>> Observations(int count) => Eventually.Get($"{count} observations", async () =>
        (await All()).Where(r => Kind(r) != "tick").ToList() is { } found && found.Count >= count ? (IReadOnlyList<ReadRecord>)found : null);

    private Task<IReadOnlyList<ReadRecord>> Records(int count) => Eventually.Get($"{count} records", async () => await All() is { } all && all.Count >= count ? all : null);

    private async Task<IReadOnlyList<ReadRecord>> All() =>
        [.. await _log.TakeAll(new TopicPartition("observations", 0)), .. await _log.TakeAll(new TopicPartition("observations", 1))];

    private async Task<int> PartitionOf(ReadRecord record) => (await _log.TakeAll(new TopicPartition("observations", 0))).Contains(record) ? 0 : 1;

    private static string Kind(ReadRecord record) => JsonDocument.Parse(record.Value).RootElement.GetProperty("kind").GetString()!;
    private static long TimeOf(ReadRecord record) => JsonDocument.Parse(record.Value).RootElement.GetProperty("time").GetInt64();

    private Observation Some(string key, double value = 1) =>
        new() { Kind = "load", Time = Now, Source = "node", Key = key, Values = [new Measurement("value", value)] };
}
