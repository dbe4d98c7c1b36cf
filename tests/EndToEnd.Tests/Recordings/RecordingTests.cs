using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The real program records what another run of it took in, and replays it to what that run published.</summary>
public sealed class RecordingTests : IDisposable
{
    private const string Windows = """
        "windows": [
          { "name": "by-host", "metric": "load.value", "by": ["*"], "size": "2s", "lateness": "1s" },
          { "name": "by-region", "metric": "load.value", "by": ["region"], "size": "4s", "slide": "2s", "lateness": "0s" } ]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Recorded_data_folder_replays_to_what_the_run_published()
    {
        using var outside = new TcpListener(IPAddress.Loopback, 0);
        outside.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)outside.LocalEndpoint).Port}";
        var config = $$"""
            {
              "node": "test", "hardware": null, "push": { "lateness": "0s" }, {{Windows}}, "probes": { "targets": [ { "name": "p", "url": "{{url}}" } ] },
              "influx": { "url": "{{url}}", "database": "d", "timeout": "100ms" }
            }
            """;
        using var program = new PipelineProgram(config);
        await program.StartAsync();
        for (var i = 0; i < 60 || (i < 600 && await program.ResultsAsync() < 100); i++)
        {
            using var lines = new StringContent(string.Join('\n', Enumerable.Range(0, 20).Select(h => $"load,host=h{h},region=r{h % 3} value={i * h}")) + "\nbroken");
            await program.Http.PostAsync("/write", lines);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        program.Terminate();
        await program.WaitForExitAsync();

        var file = await RecordAsync("--data", program.Data, "--config", program.Config);
        Assert.True(outside.Pending(), "Nobody was called while the program ran, so that a silence during a replay says nothing.");
        while (outside.Pending()) outside.AcceptTcpClient().Dispose(); // those who came while the program ran
        var (first, second, paced) = (await ReplayAsync(file), await ReplayAsync(file, "--config", program.Config), await ReplayAsync(file, "--config", program.Config, "--speed", "20x"));
        Assert.False(outside.Pending(), "Somebody was called during a replay.");
        AssertSame(first, second);
        AssertSame(first, paced);
        await using var log = Transport.Embedded.EmbeddedLog.OpenReadOnly(Path.Combine(program.Data, "log"), TimeProvider.System);
        await AssertPublishedAsync(log, first, atLeast: 60);
    }

    [Fact]
    public async Task Recording_without_secrets_is_replayed_up_to_its_damage_and_the_exit_code_says_so()
    {
        Environment.SetEnvironmentVariable("RECORDING_TEST", "swordfish");
        using var program = new PipelineProgram($$"""{ "probes": { "targets": [ { "name": "p", "url": "http://127.0.0.1:1/${env:RECORDING_TEST}", "headers": { "x": "hunter2" } } ] }, {{Windows}} }""");
        await program.StartAsync("--for", "5s");
        Assert.Equal(0, await program.WaitForExitAsync());
        var file = await RecordAsync("--data", program.Data, "--config", program.Config);
        var bytes = await File.ReadAllBytesAsync(file);
        Assert.DoesNotContain(["swordfish", "hunter2"], secret => Encoding.Latin1.GetString(bytes).Contains(secret));
        await File.WriteAllBytesAsync(file, bytes[..^10]);

        var (exit, output, error) = await PipelineProgram.RunAsync("replay", file);

        Assert.Equal(4, exit);
        Assert.Contains($"up to byte {bytes.Length - 56}", error);
        Assert.Contains("observations", output);
    }

    [Fact]
    public async Task Followed_recording_is_closed_well_when_interrupted()
    {
        using var program = new PipelineProgram("{ " + Windows + " }");
        await program.StartAsync();
        var file = Path.Combine(_folder, "followed.recording");
        using var recording = PipelineProgram.Launched("record", "--data", program.Data, "--config", program.Config, "--follow", "--out", file);
        await Eventually.Get("the recording has blocks", () => Task.FromResult(File.Exists(file) && new FileInfo(file).Length > 3000 ? file : null), TimeSpan.FromSeconds(60));
        ProcessRun.Signal(recording.Id, "TERM");
        await recording.WaitForExitAsync();
        Assert.Equal(0, recording.ExitCode);
        var (exit, _, error) = await PipelineProgram.RunAsync("replay", file);
        Assert.True(exit == 0, error);
    }

    [Fact]
    [Trait("Needs", "kafka")]
    public async Task Recorded_Kafka_replays_to_what_the_run_published()
    {
        var config = $$"""{ "node": "test", "hardware": null, "push": { "lateness": "0s" }, "log": { "partitions": 3 }, {{Windows}} }""";
        await using var stack = await KafkaStack.StartFedAsync(config, processors: 1);
        await using (var log = stack.OpenLog())
            await new ObservationFeed(log, partitions: 3).WriteAsync(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 300_000, seconds: 60, late: 0.02);

        var file = await RecordAsync("--kafka", stack.Kafka.Servers, "--config", stack.Processors[0].Config);
        var replayed = await ReplayAsync(file);
        AssertSame(replayed, await ReplayAsync(file));
        await using var topics = stack.OpenLog();
        await AssertPublishedAsync(topics, replayed, atLeast: 1000);
    }

    private async Task<string> RecordAsync(params string[] log)
    {
        var file = Path.Combine(_folder, "test.recording");
        var (exit, _, error) = await PipelineProgram.RunAsync(["record", "--out", file, .. log]);
        Assert.True(exit == 0, error);
        return file;
    }

    /// <returns>The folder with what it published, which is all that it wrote.</returns>
    private async Task<string> ReplayAsync(string file, params string[] more)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var (exit, _, error) = await PipelineProgram.RunInAsync(folder, ["replay", file, "--out", "results", .. more]);
        Assert.True(exit == 0, error);
        var written = Path.Combine(folder, "results");
        Assert.Equal([written], Directory.EnumerateFileSystemEntries(folder));
        return written;
    }

    private static void AssertSame(string first, string second)
    {
        var files = Directory.GetFiles(first).Select(f => Path.GetFileName(f)).Order().ToList();
        Assert.Equal(files, Directory.GetFiles(second).Select(f => Path.GetFileName(f)).Order());
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(first, f)), File.ReadAllBytes(Path.Combine(second, f))));
    }

    private static async Task AssertPublishedAsync<T>(T log, string replayed, int atLeast) where T : Contracts.ILogReader, Contracts.ILogCatalog
    {
        var expected = Final(Directory.GetFiles(replayed, "windows-*.jsonl").SelectMany(File.ReadLines).Select(l => JsonNode.Parse(l)!["value"]!.AsObject()));
        Assert.True(expected.Count >= atLeast, $"Only {expected.Count} results were published, so this proves little.");
        var published = await Eventually.Get("the run publishes as many", async () => await PublishedAsync(log) is { } all && all.Count >= expected.Count ? all : null);
        Assert.Equal(expected, published);
    }

    private static async Task<List<string>> PublishedAsync<T>(T log) where T : Contracts.ILogReader, Contracts.ILogCatalog
    {
        var records = new List<ReadRecord>();
        var partitions = (await log.DescribeAsync(default)).Single(t => t.Name == "windows").Partitions.Count;
        for (var p = 0; p < partitions; p++) records.AddRange(await log.TakeAll(new Contracts.TopicPartition("windows", p)));
        return Final(records.Select(r => JsonNode.Parse(r.Value)!.AsObject()));
    }

    /// <summary>The last revision of each result, without its number: it says how often parts of a window met, and that is a matter of timing.</summary>
    private static List<string> Final(IEnumerable<JsonObject> results) =>
    [
        .. results.GroupBy(r => $"{r["window"]} {r["metric"]} {r["labels"]!.ToJsonString()} {r["end"]}")
            .Select(g => g.MaxBy(r => (int)r["revision"]!)!).Select(r => { r.Remove("revision"); return r.ToJsonString(); }).Order(StringComparer.Ordinal),
    ];
}
