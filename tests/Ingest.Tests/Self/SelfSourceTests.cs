using Pipeline.Contracts;
using Pipeline.Ingest.Self;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Self;

public sealed class SelfSourceTests
{
    private static readonly SelfReading Reading = new(
        [LedgerEntry.Zero("window w") with { In = 9, Out = 5, Held = 1, Late = 2 }],
        [new StageLag("windows", 1, 30, 1.5)],
        [new TopicState("windows", [new PartitionState(0, 40, 400), new PartitionState(3, 2, 20)])],
        new Verdict(Health.Degraded, [], 4, 0));

    private readonly TestTimeProvider _time = new();

    [Fact]
    public void What_the_program_knows_of_itself_becomes_values()
    {
        var values = Look(Reading);

        Assert.Equal(1, values["pipeline.verdict_level"]);
        Assert.Equal(4, values["pipeline.data_age_seconds"]);
        Assert.Equal(1.5, values["pipeline.stage_lag_seconds partition=1 stage=windows"]);
        Assert.Equal(30, values["pipeline.stage_lag_records partition=1 stage=windows"]);
        Assert.Equal(42, values["pipeline.topic_records_total topic=windows"]);
        Assert.Equal(420, values["pipeline.topic_bytes topic=windows"]);
        Assert.Equal(9, values["pipeline.values_total fate=in part=window w"]);
        Assert.Equal(2, values["pipeline.values_total fate=late part=window w"]);
        Assert.Equal(1, values["pipeline.values_held part=window w"]);
        Assert.Equal(1, values["pipeline.values_unaccounted part=window w"]);
        Assert.True(values["pipeline.memory_bytes"] > 0 && values["pipeline.cpu_seconds_total"] > 0);
    }

    [Fact]
    public void Every_metric_is_in_the_catalogue_with_its_labels()
    {
        using var emissions = Emissions(Reading);
        var seen = emissions[0].Observations.SelectMany(o => o.Values.Select(v => (Name: $"{o.Kind}.{v.Name}", Labels: string.Join(',', o.Labels.Select(l => l.Key)))));

        Assert.Equal(SelfMetrics.All.Select(m => (m.Name, string.Join(',', m.Labels.Order()))).Order(), seen.Distinct().Order());
    }

    [Fact]
    public void Without_any_window_the_age_of_the_data_is_not_known() =>
        Assert.DoesNotContain("pipeline.data_age_seconds", Look(Reading with { Verdict = new Verdict(Health.Unknown, [], null, 0) }).Keys);

    [Fact]
    public void Each_look_promises_its_time()
    {
        using var emissions = Emissions(Reading);
        for (var i = 0; i < 3; i++) _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4, emissions.Count);
        Assert.All(emissions, e => Assert.All(e.Observations, o => Assert.Equal(e.Promise, o.Time)));
        Assert.All(emissions.Skip(1), e => Assert.Equal(0, e.Promise % 10_000));
    }

    [Fact]
    public async Task A_process_without_sources_writes_the_same_and_promises_nothing()
    {
        var log = new InMemoryLog([new TopicSpec("observations", 1, TimeSpan.MaxValue, long.MaxValue)], _time);
        using var stop = new CancellationTokenSource();
        var running = new SelfReporter(new IngestTarget("observations", 1, "n"), new SelfOptions(), _time, () => Reading).RunAsync(await log.OpenAsync("w", default), stop.Token, default);
        _time.Advance(TimeSpan.FromSeconds(10));
        var partition = new TopicPartition("observations", 0);
        var written = await Eventually.Get("it is written", async () => await log.TakeAll(partition) is { Count: > 0 } all ? all : null);
        await stop.CancelAsync();
        await running;

        using var emissions = Emissions(Reading);
        Assert.Equal(emissions[0].Observations.Count, written.Count); // and no tick
    }

    /// <summary>The values of the first look, by metric and labels.</summary>
    private Dictionary<string, double> Look(SelfReading reading)
    {
        using var emissions = Emissions(reading);
        return emissions[0].Observations.SelectMany(o => o.Values.Select(v => (Name: Name(o, v), v.Value))).ToDictionary(v => v.Name, v => v.Value);
    }

    private LiveList<Emission> Emissions(SelfReading reading)
    {
        var emissions = new LiveList<Emission>(SelfSource.Create(new SelfOptions(), "n", _time, () => reading).Emissions);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return emissions;
    }

    private static string Name(Observation o, Measurement v) =>
        string.Join(' ', o.Labels.Where(l => l.Key != "node").Select(l => $"{l.Key}={l.Value}").Prepend($"{o.Kind}.{v.Name}"));
}
