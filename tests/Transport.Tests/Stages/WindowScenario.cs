using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

/// <summary>A log of random observations and ticks, some of them late, and the two stages over it.</summary>
internal sealed class WindowScenario
{
    public const int Partitions = 2;

    private static readonly StatisticsOptions Further =
        new() { StandardDeviation = true, Increase = true, Above = [1, 100], Distinct = "host", Ewma = TimeSpan.FromSeconds(2) };

    public static readonly IReadOnlyList<WindowOptions> Windows = LongWindows.Resolve(
    [
        new() { Name = "series", Metric = "load.*", Size = TimeSpan.FromSeconds(4) },
        new() { Name = "hops", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(10), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(3), Statistics = Further },
        new() { Name = "all", Metric = "load.value", By = [], Size = TimeSpan.FromSeconds(3), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.Zero, Where = new Dictionary<string, string> { ["region"] = "eu" } },
        new() { Name = "long", Of = "series", Size = TimeSpan.FromSeconds(12), Slide = TimeSpan.FromSeconds(4), Statistics = Compared(12, times: 1) },
        new() { Name = "long-hops", Of = "hops", Size = TimeSpan.FromSeconds(20), Slide = TimeSpan.FromSeconds(10), Statistics = Compared(10, times: 2) },
    ]);

    private static StatisticsOptions Compared(int seconds, int times) =>
        new() { Baseline = TimeSpan.FromSeconds(seconds * times), BaselinePeriod = TimeSpan.FromSeconds(seconds) };

    private readonly TestTimeProvider _time = new();
    private readonly Topics _topics = new();
    private readonly Random _random;
    private readonly int _step;

    /// <param name="step">The most that passes from one record to the next; 40 ms unless given.</param>
    public WindowScenario(int seed, int records = 2000, TimeSpan? step = null)
    {
        _step = (int)(step ?? TimeSpan.FromMilliseconds(40)).TotalMilliseconds;
        _random = new Random(seed);
        Log = new InMemoryLog(
            [.. new[] { _topics.Observations, _topics.Partials, _topics.Windows, _topics.Late, _topics.DeadLetter, _topics.Progress }
                .Select(t => new TopicSpec(t, Partitions, TimeSpan.MaxValue, long.MaxValue))], _time);
        Fill(records).GetAwaiter().GetResult();
    }

    public InMemoryLog Log { get; }

    /// <summary>What the stages compute.</summary>
    public IReadOnlyList<WindowOptions> Computed { get; init; } = Windows;

    public Ledger Ledger { get; private set; } = new();
    public StageLimits Limits { get; set; } = new();

    /// <summary>Runs every stage over every partition to the end of the log, one after the other.</summary>
    public async Task RunToEnd(IReadOnlyList<WindowOptions>? windows = null, Ledger? ledger = null)
    {
        Ledger = ledger ?? new Ledger();
        var plans = WindowPlan.Of(windows ?? Computed, new Dictionary<string, string>());
        var flows = new WindowFlows(plans, _topics, Partitions, new ProcessingOptions(), Ledger);
        foreach (var flow in new[] { flows.Windows, flows.Merge })
            for (var partition = 0; partition < Partitions; partition++)
                await new Stage(flow, new EndingLog(Log), new StageTools(_topics, new StagePositions(), _time), Limits).RunAsync(partition, CancellationToken.None, CancellationToken.None);
    }

    public async Task<IReadOnlyList<ReadRecord>> All(string topic)
    {
        var records = new List<ReadRecord>();
        for (var partition = 0; partition < Partitions; partition++) records.AddRange(await Log.TakeAll(new TopicPartition(topic, partition)));
        return records;
    }

    public async Task<BatchWindows> Batch(IReadOnlyList<WindowOptions>? windows = null)
    {
        var batch = new BatchWindows(windows ?? Computed);
        for (var partition = 0; partition < Partitions; partition++) batch.AddPartition(await Log.TakeAll(new TopicPartition(_topics.Observations, partition)));
        return batch;
    }

    private async Task Fill(int records)
    {
        var writer = await Log.OpenAsync("node", default);
        using var json = new ObservationWriter();
        var batch = new RecordBatch();
        for (var i = 0; i < records; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(_random.Next(_step)));
            if (_random.Next(20) == 0) batch.AddTick(_topics.Observations, Partitions, new Tick("node", _time.UnixMilliseconds() - 1000));
            else json.Append(batch, _topics.Observations, Partitions, Observation());
            if (_random.Next(10) != 0) continue;
            await writer.AppendAsync(batch, default);
            batch.Clear();
        }
        batch.AddTick(_topics.Observations, Partitions, new Tick("node", _time.UnixMilliseconds() + 20_000));
        await writer.AppendAsync(batch, default);
    }

    private Observation Observation()
    {
        var late = _random.Next(10) == 0 ? _random.Next(8000) : _random.Next(900);
        var (host, region) = ($"h{_random.Next(5)}", _random.Next(3) == 0 ? "us" : "eu");
        return new Observation
        {
            Kind = "load", Time = _time.UnixMilliseconds() - late, Source = "node", Key = host,
            Labels = LabelSet.Of(("host", host), ("region", region)),
            Values = [new Measurement("value", Math.Exp(_random.NextDouble() * 6)), new Measurement("other", -_random.NextDouble())],
        };
    }
}
