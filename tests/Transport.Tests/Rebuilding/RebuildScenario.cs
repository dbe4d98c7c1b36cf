using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Transport.Tests.Rebuilding;

/// <summary>A log of random observations and ticks over some minutes, with the stages that ran over it, and rebuilds of its windows.</summary>
internal sealed class RebuildScenario
{
    public const int Partitions = 3;

    private static readonly StatisticsOptions Further = new() { StandardDeviation = true, Increase = true, Above = [1, 100], Ewma = TimeSpan.FromSeconds(2) };

    /// <summary>One of each kind, within partitions and across them, and one that is put together from another.</summary>
    public static readonly IReadOnlyList<WindowOptions> Windows = LongWindows.Resolve(
    [
        new() { Name = "series", Metric = "load.*", Size = TimeSpan.FromSeconds(4) },
        new() { Name = "hops", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(10), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(3), Statistics = Further },
        new() { Name = "sessions", Metric = "load.value", Kind = WindowKind.Session, Size = TimeSpan.FromSeconds(20), Gap = TimeSpan.FromSeconds(1), Lateness = TimeSpan.FromSeconds(3) },
        new() { Name = "sliding", Metric = "load.value", Kind = WindowKind.Sliding, Size = TimeSpan.FromSeconds(3), Lateness = TimeSpan.FromSeconds(1) },
        new() { Name = "crowded", Metric = "load.value", Size = TimeSpan.FromSeconds(4), Slide = TimeSpan.FromSeconds(2), MaxGroups = 2 },
        new() { Name = "long", Of = "series", Size = TimeSpan.FromSeconds(12), Slide = TimeSpan.FromSeconds(4) },
    ]);

    private static readonly Dictionary<string, string> KeyLabels = new() { ["load"] = "host" };
    private static readonly ProcessingOptions Processing = new() { MaxFuture = TimeSpan.FromSeconds(2), QuietAfter = TimeSpan.FromSeconds(3) };

    private readonly TestTimeProvider _time = new();
    private readonly Topics _topics = new();
    private readonly Random _random;

    public RebuildScenario(int seed)
    {
        _random = new Random(seed);
        Log = new InMemoryLog(
            [.. new[] { _topics.Observations, _topics.Partials, _topics.Windows, _topics.Late, _topics.DeadLetter, _topics.Progress }
                .Select(t => new TopicSpec(t, Partitions, TimeSpan.MaxValue, long.MaxValue))], _time) { SliceRecords = () => _random.Next(1, 100) };
    }

    public InMemoryLog Log { get; }
    public long Now => _time.UnixMilliseconds();

    /// <summary>Lets the sources work for a while.</summary>
    public async Task<RebuildScenario> ObserveAsync(int seconds)
    {
        var writer = await Log.OpenAsync("node", default);
        using var json = new ObservationWriter();
        var batch = new RecordBatch();
        for (var end = Now + seconds * 1000; Now < end;)
        {
            _time.Advance(TimeSpan.FromMilliseconds(_random.Next(80)));
            if (_random.Next(10) == 0) batch.AddTick(_topics.Observations, Partitions, new Tick($"node{_random.Next(2)}", Now - 1000));
            else json.Append(batch, _topics.Observations, Partitions, Observation());
            if (_random.Next(5) != 0) continue;
            await writer.AppendAsync(batch, default);
            batch.Clear();
        }
        await writer.AppendAsync(batch, default);
        return this;
    }

    /// <summary>Lets so much time pass that all is final, or more.</summary>
    public async Task<RebuildScenario> RestAsync(TimeSpan? rest = null)
    {
        _time.Advance(rest ?? TimeSpan.FromSeconds(100));
        var batch = new RecordBatch();
        for (var node = 0; node < 2; node++) batch.AddTick(_topics.Observations, Partitions, new Tick($"node{node}", Now - 1000));
        await (await Log.OpenAsync("node", default)).AppendAsync(batch, default);
        return this;
    }

    /// <summary>Runs the stages to the end of the log.</summary>
    public Task<RebuildScenario> ProcessAsync(params IEnumerable<WindowOptions> windows) => ProcessAsync((_, _) => true, windows);

    /// <summary>Runs some of the stages to the end of the log.</summary>
    public async Task<RebuildScenario> ProcessAsync(Func<string, int, bool> runs, params IEnumerable<WindowOptions> windows)
    {
        var flows = Flows(WindowPlan.Of([.. windows], KeyLabels));
        foreach (var flow in flows)
            foreach (var partition in Enumerable.Range(0, Partitions).Where(p => runs(flow.Name, p)))
                await new Stage(flow, new EndingLog(Log), new StageTools(_topics, new StagePositions(), _time), new StageLimits(MaxRecords: 7, MaxQuietInputs: 1)).RunAsync(partition, default, default);
        return this;
    }

    public Task<RebuildSummary> RebuildAsync(WindowOptions window, RebuildRequest? request = null, int maxHeld = 500_000, int maxRecords = 5, Action<RebuildProgress>? moved = null)
    {
        return new Rebuilder(Log, _topics, Rebuilt(window), new StageLimits(maxRecords)) { MaxHeld = maxHeld, Moved = moved ?? (_ => { }) }
            .RunAsync(request ?? new RebuildRequest(null, IsDry: false), default);
    }

    public async Task<long?> FinalAsync(WindowOptions window) => (await new LogReach(Log, _topics, Rebuilt(window)).FinalAsync(default)).Last;

    /// <summary>The results of a window.</summary>
    public async Task<IReadOnlyList<ReadRecord>> ResultsAsync(WindowOptions window)
    {
        var records = new List<ReadRecord>();
        for (var partition = 0; partition < Partitions; partition++) records.AddRange(await Log.TakeAll(new TopicPartition(_topics.Windows, partition)));
        return [.. records.Where(r => r.Value.StartsWith($"{{\"window\":\"{window.Name}\"", StringComparison.Ordinal))];
    }

    /// <summary>Throws results away, as a limit does.</summary>
    public async Task LoseAsync(Func<ReadRecord, bool> isLost)
    {
        var writer = await Log.OpenAsync("loss", default);
        for (var p = 0; p < Partitions; p++)
        {
            var place = new TopicPartition(_topics.Windows, p);
            var kept = (await Log.TakeAll(place)).Where(r => !isLost(r)).ToList();
            Log.Truncate(place, (int)(await Log.StateOf(place)).End);
            var batch = new RecordBatch();
            foreach (var record in kept) batch.Add(place, record.Key, record.Value);
            if (batch.Count > 0) await writer.AppendAsync(batch, default);
        }
    }

    /// <summary>What a plain computation over the whole log says of a window.</summary>
    public async Task<IReadOnlyDictionary<WindowKey, BatchWindow>> BatchAsync(WindowOptions window)
    {
        var batch = new BatchWindows(WithSource(window)) { QuietAfter = (long)Processing.QuietAfter.TotalMilliseconds };
        for (var p = 0; p < Partitions; p++)
        {
            var partition = batch.BeginPartition();
            foreach (var record in await Log.TakeAll(new TopicPartition(_topics.Observations, p))) partition.Add(System.Text.Encoding.UTF8.GetBytes(record.Value), record.Time);
        }
        return batch.Closed().Where(w => w.Key.Window == window.Name).ToDictionary();
    }

    private RebuiltWindow Rebuilt(WindowOptions window)
    {
        var plans = WindowPlan.Of(WithSource(window), KeyLabels);
        return new RebuiltWindow(plans[^1], Flows(plans), Processing);
    }

    private static IReadOnlyList<WindowOptions> WithSource(WindowOptions window) => LongWindows.Resolve([.. Windows.Where(w => w.Name == window.Of), window]);

    private IReadOnlyList<Flow> Flows(IReadOnlyList<WindowPlan> plans) => new WindowFlows(plans, _topics, Partitions, Processing, new Ledger()) { KeyLabels = KeyLabels }.All;

    private Observation Observation()
    {
        var late = _random.Next(10) == 0 ? _random.Next(8000) : _random.Next(900);
        var (host, region) = ($"h{_random.Next(7)}", _random.Next(3) == 0 ? "us" : "eu");
        return new Observation
        {
            Kind = "load", Time = Now - late, Source = "node", Key = host, Labels = LabelSet.Of(("host", host), ("region", region)),
            Values = [new Measurement("value", Math.Exp(_random.NextDouble() * 6)), new Measurement("other", -_random.NextDouble())],
        };
    }
}
