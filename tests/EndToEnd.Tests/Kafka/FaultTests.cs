using System.Globalization;
using Pipeline.Processing;
using Pipeline.Testing;
using Xunit.Abstractions;

namespace Pipeline.EndToEnd.Tests;

/// <summary>
/// Five faults that stream processors get wrong, on real Kafka and InfluxDB, each against a batch computation over the input topic.
/// <c>./pipeline bench faults</c> prints what they say as a table.
/// </summary>
[Trait("Needs", "kafka")]
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Partitions = 4;
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(70);

    private static readonly IReadOnlyList<WindowOptions> Windows =
    [
        new() { Name = "load", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(60), Slide = TimeSpan.FromSeconds(10), Lateness = TimeSpan.FromSeconds(2) },
    ];

    private static string Config(string more = "") => $$"""
        {
          "node": "test", "hardware": null, "push": { "lateness": "1s" }, "log": { "partitions": {{Partitions}}, "retention": { "observations": { "maxAge": "30d" } } }, {{more}}
          "windows": [{ "name": "load", "metric": "load.value", "by": ["host"], "size": "60s", "slide": "10s", "lateness": "2s" }]
        }
        """;

    [Fact]
    public async Task Backlog_far_faster_than_real_time_with_a_kill_loses_nothing()
    {
        const int Seconds = 3600;
        await using var stack = await KafkaStack.StartFedAsync(Config(), processors: 1);
        stack.Processors[0].Kill();
        await FeedAsync(stack, Seconds);
        var start = TimeProvider.System.GetTimestamp();
        await stack.StartAsync(stack.Processors[0]);
        stack.Processors[0].Kill();
        await stack.StartAsync(stack.Processors[0]);
        await stack.EveryWindowIsFinal();
        var took = TimeProvider.System.GetElapsedTime(start);
        Say("backlog", await stack.EveryWindowIsRight(Windows), string.Create(CultureInfo.InvariantCulture, $"{Seconds / took.TotalSeconds:f0} times real time, with a start, a kill and a start"));
    }

    [Fact]
    public async Task Late_records_correct_their_windows_or_are_told_of()
    {
        await using var stack = await KafkaStack.StartFedAsync(Config(), processors: 1);
        await FeedAsync(stack, seconds: 300, late: 0.05);
        await stack.EveryWindowIsFinal();
        var census = await stack.EveryWindowIsRight(Windows);
        Assert.True(census.Batch.Late > 100, "Hardly anything was too late, so this proves little.");
        Say("late records", census, $"{census.Batch.Late} samples too late for a window, in the topic 'late'");
    }

    [Fact]
    public async Task Kill_9_in_the_middle_of_windows_loses_doubles_and_cuts_nothing()
    {
        await using var stack = await KafkaStack.StartFedAsync(Config(), processors: 2);
        var feeding = FeedAsync(stack, seconds: 1800);
        for (var kill = 0; kill < 4; kill++)
        {
            var program = stack.Processors[kill % 2];
            program.Kill();
            await stack.StartAsync(program);
        }
        await feeding;
        await stack.EveryWindowIsFinal();
        Say("kill -9", await stack.EveryWindowIsRight(Windows), "4 kills");
    }

    [Fact]
    public async Task InfluxDB_dead_for_70_seconds_has_every_result_afterwards_once()
    {
        await using var influx = await InfluxServer.StartAsync("pipe");
        var config = Config($$"""
            "influx": { "url": "{{influx.Address}}", "database": "pipe" },
            """);
        await using var stack = await KafkaStack.StartFedAsync(config, processors: 1);
        using var sink = new PipelineProgram(config);
        await sink.StartAsync("--roles", "sink", "--kafka", stack.Kafka.Servers);
        await influx.KillAsync();
        await FeedAsync(stack, seconds: 300);
        await Task.Delay(Dead, TimeProvider.System);
        var census = await stack.EveryWindowIsRight(Windows);
        await influx.StartAgainAsync();
        var expected = census.Batch.Closed().Count;
        await Eventually.Holds("every result is in InfluxDB", () => CountAsync(influx).GetAwaiter().GetResult() == expected, TimeSpan.FromSeconds(60));
        Say("downstream dead for 70 s", census, $"{expected} points in InfluxDB");
    }

    [Fact]
    public async Task Stream_that_goes_quiet_has_its_last_windows_closed()
    {
        await using var stack = await KafkaStack.StartAsync(Config(), processors: 1);
        using var answer = await stack.Ingest.Http.PostAsync("/write", new StringContent("load,host=h1,region=eu value=1"));
        answer.EnsureSuccessStatusCode();
        var start = TimeProvider.System.GetTimestamp();
        await Eventually.Get("the last window is out", async () => (await stack.TakeCensusAsync(Windows)).Published.Count >= 6 ? "yes" : null, TimeSpan.FromSeconds(90));
        var after = TimeProvider.System.GetElapsedTime(start);
        stack.Ingest.Terminate();
        await stack.Ingest.WaitForExitAsync();
        Say("quiet stream", await stack.EveryWindowIsRight(Windows), string.Create(CultureInfo.InvariantCulture, $"the last of six windows was out {after.TotalSeconds:f0} s after the only sample, with no further one"));
    }

    private static async Task FeedAsync(KafkaStack stack, int seconds, double late = 0)
    {
        await using var log = stack.OpenLog();
        var start = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 10_000 - seconds / 10 - 60) * 10_000;
        await new ObservationFeed(log, Partitions).WriteAsync(start, seconds, late);
    }

    private static async Task<int> CountAsync(InfluxServer influx)
    {
        var answer = await influx.QueryAsync("pipe", "SELECT COUNT(\"count\") FROM \"load.value\"");
        return answer.TryGetProperty("series", out var series) ? series[0].GetProperty("values")[0][1].GetInt32() : 0;
    }

    private void Say(string fault, LogCensus census, string more)
    {
        var windows = census.Batch.Closed().Count;
        Assert.NotEqual(0, windows);
        output.WriteLine($"| {fault} | right: {windows} of {windows} windows, each once; {more} |");
    }
}
