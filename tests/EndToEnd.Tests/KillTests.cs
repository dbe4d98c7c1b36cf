using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class KillTests
{
    private const int Kills = 25;

    private static readonly IReadOnlyList<WindowOptions> Windows =
    [
        new() { Name = "by-host", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(4), Lateness = TimeSpan.FromSeconds(1) },
        new() { Name = "by-region", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(6), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(1) },
    ];

    private const string Config = """
        {
          "node": "test", "hardware": null, "push": { "lateness": "1s" },
          "windows": [
            { "name": "by-host", "metric": "load.value", "by": ["host"], "size": "4s", "lateness": "1s" },
            { "name": "by-region", "metric": "load.value", "by": ["region"], "size": "6s", "slide": "2s", "lateness": "1s" }
          ]
        }
        """;

    [Fact]
    public async Task Program_killed_at_random_moments_under_load_loses_doubles_and_cuts_nothing()
    {
        var random = new Random();
        using var program = new PipelineProgram(Config);
        using var stop = new CancellationTokenSource();
        await program.StartAsync();
        var load = new PushLoad(program.Http, samplesPerSecond: 50_000, senders: 4);
        var running = load.RunAsync(stop.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 3000)), TimeProvider.System);
            program.Kill();
            await program.StartAsync();
        }
        await stop.CancelAsync();
        await running;
        await program.EveryWindowIsFinal(Windows.Count);
        program.Kill();

        var census = new LogCensus(Windows);
        await census.ReadAsync(program.Data);
        census.CheckRequests(load);
        WindowAssert.Equal(census.Batch.Closed(), census.Published);
        Assert.True(load.Acknowledged > 500_000, $"Only {load.Acknowledged} samples were acknowledged, so this proves little.\n{program.Said}");
        Assert.True(census.Published.Count > 500, $"Only {census.Published.Count} windows were published, so this proves little.");
    }
}
