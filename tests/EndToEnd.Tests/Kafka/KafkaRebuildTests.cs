using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

[Trait("Needs", "kafka")]
public sealed class KafkaRebuildTests
{
    [Fact]
    public async Task Windows_changed_in_three_processes_get_their_past_from_a_process_that_is_killed_and_run_again()
    {
        await using var stack = await KafkaStack.StartAsync(RetuneCheck.ConfigBefore, processors: 3);
        using var stop = new CancellationTokenSource();
        var load = new PushLoad(stack.Ingest.Http, samplesPerSecond: 5_000, senders: 4);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        foreach (var program in stack.Processors) RetuneCheck.Write(program, RetuneCheck.ConfigAfter);
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        await stop.CancelAsync();
        await running;

        string[] where = ["--config", stack.Processors[0].Config, "--kafka", stack.Kafka.Servers];
        await RebuildCheck.RebuildToTheEndAsync("added", where);
        using (var rebuild = PipelineProgram.Launched(["rebuild", "--window", "changed", .. where]))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(new Random().Next(1000, 4000)), TimeProvider.System);
            rebuild.Kill();
            await rebuild.WaitForExitAsync();
        }
        await RebuildCheck.RebuildToTheEndAsync("changed", where);
        foreach (var window in new[] { "kept", "changed", "added" }) RebuildCheck.NothingWasLeftToDo(await RebuildCheck.RebuildAsync(window, where));
        stack.Ingest.Terminate();
        await stack.Ingest.WaitForExitAsync();
        RebuildCheck.ResultsAreThoseOfABatch(await stack.TakeCensusAsync([RetuneCheck.Kept, RetuneCheck.After, RetuneCheck.Added]), RetuneCheck.Kept, RetuneCheck.After, RetuneCheck.Added);
    }
}
