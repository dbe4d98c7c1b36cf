using System.Net;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class ProgramTests
{
    private const string Quick = """{ "node": "test", "push": { "lateness": "1s" }, "windows": [ { "name": "hardware", "metric": "hardware.*", "size": "2s" }, { "name": "load", "metric": "load.value", "by": ["series"], "size": "2s" } ] }""";

    [Fact]
    public async Task Hardware_of_this_machine_goes_the_whole_way_to_the_interface()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync();
        var window = await FirstWindow(program, "metric=hardware.memory_utilization_ratio");
        Assert.Equal("hardware", window.GetProperty("window").GetString());
        Assert.InRange(window.GetProperty("mean").GetDouble(), 0.001, 1);
        Assert.Equal("test", window.GetProperty("labels").GetProperty("host").GetString());
    }

    [Fact]
    public async Task Pushed_sample_becomes_a_window_and_survives_a_kill()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync();
        Assert.Equal(HttpStatusCode.NoContent, await Push(program, "load,series=a value=1.5"));
        program.Kill();
        await program.StartAsync();
        var window = await FirstWindow(program, "metric=load.value");
        Assert.Equal(1.5, window.GetProperty("max").GetDouble());
        Assert.Equal(1, window.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Ledger_balances_in_every_row()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync();
        for (var i = 0; i < 50; i++) await Push(program, $"load,series=a value={i}\nbroken\nload,series=b value=2");
        await FirstWindow(program, "metric=load.value");
        using var ledger = JsonDocument.Parse(await program.Http.GetStringAsync("/api/ledger"));
        Assert.All(ledger.RootElement.EnumerateArray(), row => Assert.Equal(0, row.GetProperty("difference").GetInt64()));
        var push = ledger.RootElement.EnumerateArray().Single(r => r.GetProperty("name").GetString() == "source push");
        Assert.Equal((150, 100, 50), (push.GetProperty("in").GetInt32(), push.GetProperty("out").GetInt32(), push.GetProperty("malformed").GetInt32()));
    }

    [Fact]
    public async Task Second_program_on_the_same_data_says_so_and_ends()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync();
        var (exit, _, error) = await PipelineProgram.RunAsync("run", "--data", program.Data, "--urls", "http://127.0.0.1:0");
        Assert.Equal(3, exit);
        Assert.Contains($"in use by process {program.ProcessId}", error);
    }

    [Fact]
    public async Task Program_ends_by_itself_drained_and_what_it_published_can_be_read_afterwards()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync("--for", "8s");
        await Push(program, "load,series=a value=1");
        Assert.Equal(0, await program.WaitForExitAsync());
        Assert.Contains("processed: True", program.Said);
        var (exit, output, _) = await PipelineProgram.RunAsync("topics", "read", "windows", "--data", program.Data, "--count", "3");
        Assert.Equal(0, exit);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal("hardware", JsonDocument.Parse(line).RootElement.GetProperty("value").GetProperty("window").GetString()));
    }

    [Fact]
    public async Task Results_are_merged_over_places_and_times_while_the_program_runs_and_after()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync("--for", "8s");
        await Push(program, "load,series=a value=1\nload,series=b value=3");
        await Get(async () => JsonDocument.Parse(await program.Http.GetStringAsync("/api/windows?metric=load.value&label.series=b")).RootElement is { } found && found.GetArrayLength() > 0 ? found : null);
        using var served = JsonDocument.Parse(await program.Http.GetStringAsync("/api/windows/merged?window=load"));
        Assert.Equal((2, 3.0), Counted(served.RootElement.GetProperty("groups")[0]));
        Assert.Equal(0, await program.WaitForExitAsync());

        string[] merge = ["topics", "merge", "--window", "load", "--data", program.Data, "--from", "-10m"];
        Assert.Equal((2, 3.0), Counted(JsonDocument.Parse((await PipelineProgram.RunAsync([.. merge, "--json"])).Output).RootElement));
        var (exit, output, _) = await PipelineProgram.RunAsync([.. merge, "--by", "series"]);
        Assert.Equal((0, 3), (exit, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Matches("series=b .* 1 +3 +3 +3 ", output);
        Assert.Contains("--to takes a time", (await PipelineProgram.RunAsync([.. merge, "--to", "now"])).Error);
        Assert.Contains("no label 'region'", (await PipelineProgram.RunAsync([.. merge, "--by", "region"])).Error);
    }

    private static (int Count, double Max) Counted(JsonElement merged) => (merged.GetProperty("count").GetInt32(), merged.GetProperty("max").GetDouble());

    [Fact]
    public async Task Topics_can_be_read_while_the_program_runs()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync();
        await Push(program, "load,series=a value=42");
        var (exit, output, error) = await PipelineProgram.RunAsync("topics", "read", "observations", "--data", program.Data);
        Assert.True(exit == 0, error);
        Assert.Contains("\"value\":42", output);
        var served = await program.Http.GetStringAsync("/api/topics/observations/records?from=earliest&limit=100000");
        Assert.Contains("\"value\":42", served);
    }

    [Fact]
    public async Task Page_of_another_origin_may_not_push()
    {
        using var program = new PipelineProgram(Quick);
        await program.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/write") { Content = new StringContent("load value=1") };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await program.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Bad_configuration_keeps_the_program_from_starting_and_names_every_problem()
    {
        using var program = new PipelineProgram("""{ "windows": [ { "name": "w", "metric": "hardware.cpu", "size": "x" } ], "nonsense": 1 }""");
        var (exit, _, error) = await PipelineProgram.RunAsync("up", "--config", Path.Combine(program.Folder, "pipeline.json"), "--data", program.Data);
        Assert.Equal(2, exit);
        Assert.Contains("windows[0].size", error);
        Assert.Contains("nonsense", error);
        Assert.False(Directory.Exists(program.Data));
    }

    private static Task<JsonElement> FirstWindow(PipelineProgram program, string query) => Get(async () =>
    {
        var windows = JsonDocument.Parse(await program.Http.GetStringAsync("/api/windows?" + query)).RootElement;
        return windows.GetArrayLength() > 0 ? windows : null;
    });

    private static async Task<JsonElement> Get(Func<Task<JsonElement?>> look) =>
        ((JsonElement)await Eventually.Get<object>("a window", async () => await look()))[0];

    private static async Task<HttpStatusCode> Push(PipelineProgram program, string lines)
    {
        using var answer = await program.Http.PostAsync("/write", new StringContent(lines));
        return answer.StatusCode;
    }
}
