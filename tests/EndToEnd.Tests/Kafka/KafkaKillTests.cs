using System.Globalization;
using Pipeline.Processing;
using Xunit.Abstractions;

namespace Pipeline.EndToEnd.Tests;

/// <summary>
/// Programs and brokers killed under load. <c>./pipeline soak kafka</c> runs the same for 200 kills; <c>PIPELINE_SOAK_KILLS</c> is their number.
/// </summary>
[Trait("Needs", "kafka")]
public sealed class KafkaKillTests(ITestOutputHelper output)
{
    private const int Programs = 3;
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("PIPELINE_SOAK_KILLS") ?? "20", CultureInfo.InvariantCulture);

    private static readonly IReadOnlyList<WindowOptions> Windows =
    [
        new() { Name = "by-host", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(4), Lateness = TimeSpan.FromSeconds(1) },
        new() { Name = "by-region", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(6), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(1) },
    ];

    private const string Config = """
        {
          "node": "test", "hardware": null, "push": { "lateness": "1s" }, "log": { "partitions": 4 },
          "windows": [
            { "name": "by-host", "metric": "load.value", "by": ["host"], "size": "4s", "lateness": "1s" },
            { "name": "by-region", "metric": "load.value", "by": ["region"], "size": "6s", "slide": "2s", "lateness": "1s" }
          ]
        }
        """;

    [Fact]
    public async Task Programs_and_the_broker_killed_under_load_lose_double_and_cut_nothing()
    {
        await using var stack = await KafkaStack.StartAsync(Config, Programs);
        await RunAsync(stack, Kills, brokerKills: Math.Max(2, Kills / 20), broker: null);
    }

    [Fact]
    public async Task Brokers_of_a_cluster_of_three_killed_one_at_a_time_lose_double_and_cut_nothing()
    {
        await using var stack = await KafkaStack.StartAsync(Config, Programs, "--brokers", "3");
        var next = 0;
        await RunAsync(stack, kills: 3, brokerKills: 3, broker: () => ++next);
    }

    private async Task RunAsync(KafkaStack stack, int kills, int brokerKills, Func<int>? broker)
    {
        var random = new Random();
        using var stop = new CancellationTokenSource();
        var load = new PushLoad(stack.Ingest.Http, samplesPerSecond: 10_000, senders: 4);
        var running = load.RunAsync(stop.Token);
        for (int kill = 0, broken = 0; kill < kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 2500)), TimeProvider.System);
            var program = stack.Processors[random.Next(Programs)];
            program.Kill();
            if (broken * kills < kill * brokerKills)
            {
                broken++;
                var id = broker?.Invoke();
                await stack.Kafka.KillAsync(id);
                await stack.Kafka.RestartAsync(id);
            }
            await stack.StartAsync(program);
        }
        await stop.CancelAsync();
        await running;
        await stack.EveryWindowIsFinal();
        stack.Ingest.Terminate();
        await stack.Ingest.WaitForExitAsync();

        var census = await stack.EveryWindowIsRight(Windows);
        census.CheckRequests(load);
        output.WriteLine($"{kills} programs and {brokerKills} brokers killed; {load.Acknowledged} samples acknowledged, {census.Values.Count} in the log, "
            + $"{census.Published.Count} results for {census.Batch.Closed().Count} windows: 0 missing, 0 doubled, 0 partial.");
        Assert.True(load.Acknowledged > 2000 * kills, $"Only {load.Acknowledged} samples were acknowledged, so this proves little.\n{stack.Ingest.Said}");
    }
}
