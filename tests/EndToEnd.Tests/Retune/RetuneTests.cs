using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class RetuneTests
{
    [Fact]
    public async Task Windows_changed_under_load_and_kills_go_on_without_a_gap_or_a_double()
    {
        var random = new Random();
        using var program = new PipelineProgram(RetuneCheck.ConfigBefore);
        using var stop = new CancellationTokenSource();
        await program.StartAsync();
        var load = new PushLoad(program.Http, samplesPerSecond: 10_000, senders: 4);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System);

        RetuneCheck.Write(program, RetuneCheck.ConfigAfter.Replace("\"8s\"", "\"8 parsecs\"", StringComparison.Ordinal));
        await Says(program, "pipeline_configuration_changes_total{outcome=\"refused\"} 1");
        Assert.Contains("windows[0].size", program.Said, StringComparison.Ordinal);
        await Says(program, "\"configuration\"", "/api/verdict");

        RetuneCheck.Write(program, RetuneCheck.ConfigAfter);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 1500)), TimeProvider.System);
        for (var kill = 0; kill < 4; kill++)
        {
            program.Kill();
            await program.StartAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 2000)), TimeProvider.System);
        }
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        await stop.CancelAsync();
        await running;
        await program.EveryWindowIsFinal(windows: 3);
        program.Kill();

        var (boundary, added) = await RetuneCheck.ResultsAreRightAsync(async windows =>
        {
            var census = new LogCensus(windows);
            await census.ReadAsync(program.Data);
            return census;
        });
        Assert.True(added < boundary, "The added window was not rebuilt from the log.");
    }

    [Fact]
    public async Task Change_that_needs_a_restart_is_told_of_and_the_windows_are_changed_all_the_same()
    {
        using var program = new PipelineProgram(RetuneCheck.ConfigBefore);
        await program.StartAsync();
        RetuneCheck.Write(program, RetuneCheck.ConfigAfter.Replace("\"lateness\": \"1s\" }, \"log\"", "\"lateness\": \"2s\" }, \"log\"", StringComparison.Ordinal));
        await Says(program, "pipeline_configuration_changes_total{outcome=\"applied\"} 1");
        await Says(program, "pipeline_configuration_in_force 0");
        await Says(program, "after a restart: push.", "/api/verdict");
    }

    private static Task Says(PipelineProgram program, string text, string path = "/metrics") => Eventually.Get($"{path} says {text}", async () =>
        (await program.Http.GetStringAsync(path)).Contains(text, StringComparison.Ordinal) ? "yes" : null, TimeSpan.FromSeconds(20));
}
