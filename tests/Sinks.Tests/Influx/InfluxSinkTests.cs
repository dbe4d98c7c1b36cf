using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Sinks.Influx;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests.Influx;

public sealed class InfluxSinkTests : IAsyncDisposable
{
    private static readonly TopicPartition P0 = new("windows", 0), P1 = new("windows", 1);
    private static readonly InfluxAnswer Down = new(InfluxOutcome.Unavailable, "connection refused");

    private readonly TestTimeProvider _time = new();
    private readonly FakeInflux _influx = new();
    private readonly List<string> _told = [];
    private readonly InMemoryLog _log;
    private Ledger _ledger = new();
    private CancellationTokenSource _stop = new();
    private InfluxSink? _sink;
    private Task[] _lanes = [];

    public InfluxSinkTests() =>
        _log = new InMemoryLog([.. new[] { "windows", "progress", "dead-letter" }.Select(t => new TopicSpec(t, 2, TimeSpan.MaxValue, long.MaxValue))], _time);

    private LedgerEntry Books => _ledger.Read().SingleOrDefault() ?? LedgerEntry.Zero("sink influx");

    [Fact]
    public async Task Results_are_sent_when_there_are_enough_of_them()
    {
        await _log.Append(P0, Results(25));
        Start(new InfluxOptions { MaxPoints = 10 });
        await Eventually.Holds("two batches are out", () => _influx.Points.Count == 20);
        Assert.Equal(10, _influx.MostLines);
        Assert.Equal(5, Books.Held);

        await StopAsync();
        Assert.Equal(25, _influx.Points.Count); // what was held went out at the end
        Assert.Equal(LedgerEntry.Zero("sink influx") with { In = 25, Out = 25 }, Books);
    }

    [Fact]
    public async Task Results_are_sent_when_they_are_old_enough()
    {
        await _log.Append(P0, Results(3));
        Start(new InfluxOptions { MaxAge = TimeSpan.FromSeconds(5) });
        await Eventually.Holds("the lane waits", () => _time.Waiting == 1 && Books.Held == 3);
        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(0, _influx.Requests);

        _time.Advance(TimeSpan.FromSeconds(0.001));
        await Eventually.Holds("they are out", () => _influx.Points.Count == 3);
    }

    [Fact]
    public async Task A_start_goes_on_where_the_last_one_left_off()
    {
        await _log.Append(P0, Results(7));
        Start(new InfluxOptions { MaxPoints = 7 });
        await Eventually.Holds("all are out", () => _influx.Points.Count == 7);
        await StopAsync();
        await _log.Append(P0, Results(2, host: "later"));
        Start(new InfluxOptions { MaxPoints = 2 });
        await Eventually.Holds("the later ones are out", () => _influx.Points.Count == 9);
        await StopAsync();

        Assert.Equal(2, _influx.Requests);
        Assert.Equal(2, Books.In);
    }

    [Fact]
    public async Task Progress_is_written_at_most_once_a_second()
    {
        await _log.Append(P0, Results(100));
        Start(new InfluxOptions { MaxPoints = 1 });
        await Eventually.Holds("all are out and the lane waits", () => _influx.Points.Count == 100 && _time.Waiting == 1);
        Assert.Empty(await ProgressAsync());

        _time.Advance(SinkProgressEvery);
        await Eventually.Get("it is written", async () => await ProgressAsync() is { Count: 1 } all ? all : null);
        await StopAsync();
        Assert.Equal([100], await ProgressAsync());
    }

    [Fact]
    public async Task What_waits_for_a_dead_server_is_sent_when_it_is_back_and_the_operator_is_told_once()
    {
        _influx.Away = Down;
        await _log.Append(P0, Results(5));
        Start(new InfluxOptions { MaxPoints = 5 });
        for (var i = 0; i < 8; i++)
        {
            await Eventually.Holds("it waits for its next try", () => _influx.Requests > i && _time.Waiting == 1);
            _time.Advance(InfluxBackoff.Longest);
        }
        await Eventually.Holds("it waits again", () => _influx.Requests > 8 && _time.Waiting == 1);
        Assert.Single(_told);
        Assert.Equal(LedgerEntry.Zero("sink influx") with { In = 5, Held = 5 }, Books);

        _influx.Away = null;
        _time.Advance(InfluxBackoff.Longest);
        await Eventually.Holds("all are there", () => _influx.Points.Count == 5 && _told.Count == 2);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_dead_server_and_nothing_is_lost()
    {
        _influx.Away = Down;
        await _log.Append(P0, Results(5));
        Start(new InfluxOptions { MaxPoints = 5 });
        await Eventually.Holds("it waits", () => _time.Waiting == 1);
        await StopAsync();
        Assert.Equal(LedgerEntry.Zero("sink influx"), Books);

        _influx.Away = null;
        Start(new InfluxOptions { MaxPoints = 5 });
        await Eventually.Holds("all are there", () => _influx.Points.Count == 5);
    }

    [Fact]
    public async Task It_is_ready_to_stop_when_it_has_taken_in_all_there_is_or_the_server_is_away()
    {
        async Task<bool> IsReady() => _sink!.IsReadyToStop((await _log.DescribeAsync(default)).First(t => t.Name == "windows"));
        var gate = new TaskCompletionSource();
        _influx.Pause = () => gate.Task;
        await _log.Append(P0, Results(3));
        Start(new InfluxOptions { MaxPoints = 2 });
        await Eventually.Holds("it sends", () => _influx.Requests == 1);
        Assert.False(await IsReady());

        gate.SetResult();
        await Eventually.Get("it has taken in all", async () => await IsReady() ? "yes" : null);
        _influx.Away = Down;
        await _log.Append(P0, Results(2));
        await Eventually.Holds("it waits", () => _told.Count == 1);
        Assert.True(await IsReady());
        _influx.Away = null;
        await StopAsync();
        Assert.Equal(3, _influx.Points.Count); // the stop did not wait for the next try
    }

    [Fact]
    public async Task The_server_is_left_alone_as_long_as_it_asks()
    {
        _influx.Away = Down with { RetryAfter = TimeSpan.FromSeconds(60) };
        await _log.Append(P0, Results(1));
        Start(new InfluxOptions { MaxPoints = 1 });
        await Eventually.Holds("it waits", () => _time.Waiting == 1);
        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal((1, 1), (_influx.Requests, _time.Waiting));

        _time.Advance(TimeSpan.FromSeconds(0.1));
        await Eventually.Holds("it asks again", () => _influx.Requests == 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Bad_points_are_found_and_set_aside_and_the_others_are_stored(int bad)
    {
        _influx.Bad = "bad";
        var results = Results(40).Select((r, i) => i % (40 / bad) == 0 && i < bad * (40 / bad) ? r with { Metric = "bad.value" } : r).ToArray();
        await _log.Append(P0, results);
        Start(new InfluxOptions { MaxPoints = 40 });
        await Eventually.Holds("all are dealt with", () => Books.Out + Books.Rejected == 40);
        await StopAsync();

        Assert.Equal((bad, 40 - bad), ((int)Books.Rejected, _influx.Points.Count));
        var letters = await LettersAsync();
        Assert.Equal(results.Index().Where(r => r.Item.Metric == "bad.value").Select(r => (long)r.Index), letters.Select(l => l.Offset));
        Assert.All(letters, l => Assert.StartsWith("400 unable to parse 'bad.value,", l.Error, StringComparison.Ordinal));
        Assert.All(letters, l => Assert.Equal("bad.value", JsonSerializer.Deserialize(l.Value, WireFormat.Records.WindowResult)!.Metric));
    }

    [Fact]
    public async Task A_conflict_of_types_costs_two_more_requests_and_is_told_once()
    {
        _influx.Bad = "bad";
        _influx.Refusal = bad => new InfluxAnswer(InfluxOutcome.Refused,
            "422 partial write: field type conflict: input field \"sum\" on measurement \"bad.value\" is type float, already exists as type string dropped=" + bad.Count, bad.Count);
        await _log.Append(P0, [.. Results(1000).Select((r, i) => i % 3 == 0 ? r with { Metric = "bad.value" } : r)]);
        Start(new InfluxOptions { MaxPoints = 1000 });
        await Eventually.Holds("all are dealt with", () => Books.Out + Books.Rejected == 1000);

        Assert.Equal((334, 666, 3), ((int)Books.Rejected, _influx.Points.Count, _influx.Requests));
        Assert.Contains("field sum", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_letters_of_a_batch_are_one_append()
    {
        var appends = 0;
        _log.BeforeAppend = batch => appends += batch[0].To.Topic == "dead-letter" ? 1 : 0;
        _influx.Bad = "bad";
        _influx.Refusal = bad => new InfluxAnswer(InfluxOutcome.Refused, "422 partial write: dropped=" + bad.Count, bad.Count);
        await _log.Append(P0, [.. Results(1200).Select(r => r with { Metric = "bad.value" })]); // more than a slice holds
        Start(new InfluxOptions { MaxPoints = 1200 });
        await Eventually.Holds("all are dealt with", () => Books.Rejected == 1200);

        Assert.Equal(1, appends);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => (long)i), (await LettersAsync()).Select(l => l.Offset));
    }

    [Fact]
    public async Task What_the_operator_is_told_holds_no_secrets_of_the_address()
    {
        _influx.Away = Down;
        await _log.Append(P0, Results(1));
        Start(new InfluxOptions { Url = "http://me:s3cret@host:8086/influx?token=s3cret", MaxPoints = 1 });
        await Eventually.Holds("it is told", () => _told.Count == 1);

        Assert.StartsWith("InfluxDB at http://host:8086/influx takes nothing", _told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_revision_of_a_point_is_the_one_that_stays()
    {
        _influx.Bad = "bad";
        await _log.Append(P0, [.. Enumerable.Range(1, 30).Select(i => Some.Result(revision: i, mean: i)), Some.Result("bad.value")]);
        Start(new InfluxOptions { MaxPoints = 31 });
        await Eventually.Holds("all are dealt with", () => Books.Out + Books.Rejected == 31);

        Assert.Contains("mean=30,", Assert.Single(_influx.Points).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_result_is_set_aside()
    {
        var writer = await _log.OpenAsync("w", default);
        foreach (var bad in (string[])["", "{", "null", "{}"]) await writer.Append(P1, "k", bad);
        await _log.Append(P1, Results(1));
        Start(new InfluxOptions { MaxPoints = 5 });
        await Eventually.Holds("all are dealt with", () => Books.Out == 1);

        Assert.Equal(LedgerEntry.Zero("sink influx") with { In = 5, Out = 1, Malformed = 4 }, Books);
        Assert.Equal([0, 1, 2, 3], (await LettersAsync(1)).Select(l => l.Offset));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task So_many_requests_are_in_flight_as_are_allowed(int allowed)
    {
        var gate = new TaskCompletionSource();
        _influx.Pause = () => gate.Task;
        await _log.Append(P0, Results(10));
        await _log.Append(P1, Results(10, host: "b"));
        Start(new InfluxOptions { MaxPoints = 1, MaxInFlight = allowed });
        await Eventually.Holds("requests wait", () => _influx.Requests == allowed);
        gate.SetResult();
        await Eventually.Holds("all are out", () => _influx.Points.Count == 20);

        Assert.Equal(allowed, _influx.MostInFlight);
    }

    [Fact]
    public async Task A_full_log_ends_the_sink_and_running_again_goes_on()
    {
        await _log.Append(P0, Results(3));
        _log.BeforeAppend = _ => throw new LogFullException("here");
        Start(new InfluxOptions { MaxPoints = 3 });
        await Eventually.Holds("all are out and the lane waits", () => _influx.Points.Count == 3 && _time.Waiting == 1);
        _time.Advance(SinkProgressEvery);
        await Assert.ThrowsAsync<LogFullException>(() => _lanes[0]);

        await StopAsync();
        _log.BeforeAppend = null;
        Start(new InfluxOptions { MaxPoints = 3 });
        await Eventually.Holds("they are sent again", () => _influx.Requests == 2 && Books.Out == 3);
        Assert.Equal(0, Books.Difference);
    }

    [Fact]
    public async Task The_books_balance_where_the_log_takes_no_dead_letter()
    {
        _influx.Bad = "bad";
        await _log.Append(P0, [.. Results(2), Some.Result("bad.value")]);
        _log.BeforeAppend = _ => throw new LogFullException("here");
        Start(new InfluxOptions { MaxPoints = 3 });
        await Assert.ThrowsAsync<LogFullException>(() => _lanes[0]);

        Assert.Equal(LedgerEntry.Zero("sink influx"), Books);
    }

    [Fact]
    public async Task What_retention_took_before_it_was_sent_is_counted()
    {
        await _log.Append(P0, Results(2));
        Start(new InfluxOptions { MaxPoints = 2 });
        await Eventually.Holds("all are out", () => _influx.Points.Count == 2);
        await StopAsync();
        await _log.Append(P0, Results(10, host: "b"));
        Start(new InfluxOptions { MaxPoints = 4 }, new ForgetfulLog(_log, first: 8));
        await Eventually.Holds("what is left is out", () => _influx.Points.Count == 6);

        Assert.Equal(LedgerEntry.Zero("sink influx") with { In = 10, Out = 4, Overflow = 6 }, Books);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static TimeSpan SinkProgressEvery => TimeSpan.FromSeconds(1);

    private static WindowResult[] Results(int count, string host = "a") => [.. Enumerable.Range(0, count).Select(i => Some.Result(host: host, end: Some.Now + i))];

    private void Start(InfluxOptions options, ILog? log = null)
    {
        _ledger = new Ledger();
        _stop = new CancellationTokenSource();
        _sink = new InfluxSink(log ?? _log, new Topics(), _influx, options, new InfluxTools(_ledger, _time, _told.Add));
        _lanes = [.. Enumerable.Range(0, 2).Select(p => _sink.RunAsync(p, _stop.Token, default))];
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_lanes).ConfigureAwait(_lanes.Any(l => l.IsFaulted) ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        _sink?.Dispose();
    }

    private async Task<List<long>> ProgressAsync() =>
        [.. (await _log.TakeAll(new TopicPartition("progress", 0))).Select(r => JsonSerializer.Deserialize(r.Value, WireFormat.Records.Progress)!.RewindTo)];

    private async Task<List<DeadLetter>> LettersAsync(int partition = 0) =>
        [.. (await _log.TakeAll(new TopicPartition("dead-letter", partition))).Select(r => JsonSerializer.Deserialize(r.Value, WireFormat.Records.DeadLetter)!)];
}
