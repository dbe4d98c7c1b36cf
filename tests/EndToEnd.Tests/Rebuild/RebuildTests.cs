using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class RebuildTests
{
    [Fact]
    public async Task Windows_changed_in_the_running_program_get_their_past_through_a_kill()
    {
        using var program = new PipelineProgram(RetuneCheck.ConfigBefore);
        using var stop = new CancellationTokenSource();
        await program.StartAsync();
        var load = new PushLoad(program.Http, samplesPerSecond: 5_000, senders: 4);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System);
        RetuneCheck.Write(program, RetuneCheck.ConfigAfter);
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System);
        await stop.CancelAsync();
        await running;
        var stopped = TimeProvider.System.GetUtcNow();

        string[] where = ["--config", program.Config, "--data", program.Data, "--url", program.Address.ToString()];
        var added = await RebuildCheck.RebuildToTheEndAsync("added", where);
        Assert.True(RebuildCheck.Number(added, "computed") > 0, added);
        using (var rebuild = PipelineProgram.Launched(["rebuild", "--window", "changed", .. where]))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(new Random().Next(300, 1500)), TimeProvider.System);
            program.Kill();
            await rebuild.WaitForExitAsync();
        }
        RetuneCheck.Write(program, RetuneCheck.ConfigWithLonger);
        await program.StartAsync();
        await RebuildCheck.RebuildToTheEndAsync("changed", where);
        RebuildCheck.NothingWasLeftToDo(await RebuildCheck.RebuildAsync("changed", where));
        await RebuildCheck.RebuildThroughAsync(stopped + RetuneCheck.Longer.Size, "longer", where);
        RebuildCheck.NothingWasLeftToDo(await RebuildCheck.RebuildAsync("kept", [.. where, "--from", "-10m"]));
        program.Kill();

        RebuildCheck.NothingWasLeftToDo(await RebuildCheck.RebuildAsync("added", where)); // without a program it opens the folder itself
        WindowOptions[] windows = [RetuneCheck.Kept, RetuneCheck.After, RetuneCheck.Added, RetuneCheck.Longer];
        var census = new LogCensus(windows);
        await census.ReadAsync(program.Data);
        RebuildCheck.ResultsAreThoseOfABatch(census, windows);
    }

    [Fact]
    public async Task What_cannot_be_rebuilt_is_told_with_its_remedy()
    {
        using var program = new PipelineProgram(RetuneCheck.ConfigBefore);
        Assert.Contains("--data right?", await ErrorAsync("kept", "--config", program.Config, "--data", program.Data));
        await program.StartAsync();
        string[] where = ["--config", program.Config, "--data", program.Data];
        Assert.Contains("there is no window 'none'. Those that can be rebuilt: changed, kept.", await ErrorAsync("none", [.. where, "--url", program.Address.ToString()]));
        Assert.Contains("with --url", await ErrorAsync("kept", [.. where, "--url", $"http://127.0.0.1:{Ports.Free()}"]));
        Assert.Contains("--from takes", await ErrorAsync("kept", [.. where, "--from", "yesterday"]));

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/rebuild") { Content = new StringContent("{\"window\":\"kept\"}"), Headers = { { "Origin", "http://elsewhere" } } };
        using var refused = await program.Http.SendAsync(foreign);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
        using var broken = await program.Http.PostAsync("/api/rebuild", new StringContent("{"));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, broken.StatusCode);
    }

    private static async Task<string> ErrorAsync(string window, params string[] where)
    {
        var (exit, _, error) = await PipelineProgram.RunAsync(["rebuild", "--window", window, .. where]);
        Assert.Equal(1, exit);
        return error;
    }
}
