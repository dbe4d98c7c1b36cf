namespace Pipeline.EndToEnd.Tests;

[Trait("Needs", "kafka")]
public sealed class KafkaRetuneTests
{
    [Fact]
    public async Task Windows_changed_in_three_processes_one_after_the_other_go_on_without_a_gap_or_a_double()
    {
        await using var stack = await KafkaStack.StartAsync(RetuneCheck.ConfigBefore, processors: 3);
        using var stop = new CancellationTokenSource();
        var load = new PushLoad(stack.Ingest.Http, samplesPerSecond: 5_000, senders: 4);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        foreach (var program in stack.Processors)
        {
            RetuneCheck.Write(program, RetuneCheck.ConfigAfter);
            await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        }
        stack.Processors[1].Kill();
        await stack.StartAsync(stack.Processors[1]);
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        await stop.CancelAsync();
        await running;
        await stack.EveryWindowIsFinal();
        stack.Ingest.Terminate();
        await stack.Ingest.WaitForExitAsync();
        await RetuneCheck.ResultsAreRightAsync(stack.TakeCensusAsync);
    }
}
