using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests.Compose;

/// <summary>The stack of docker-compose.yml, built and brought up once for all tests, and taken down with everything that it made.</summary>
public sealed class ComposeStack : IAsyncLifetime
{
    public const string Node = "machine-under-test";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Files = ["compose", "-f", "docker-compose.yml", "-f", "tests/EndToEnd.Tests/Compose/stand-in.yml"];

    private readonly string _project = $"pipeline-test-{Environment.ProcessId}";
    private readonly DirectoryInfo _config;
    private readonly Dictionary<string, string> _environment = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private Engine? _engine;

    public ComposeStack() => _config = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "compose", _project));

    public async Task InitializeAsync()
    {
        if (Engine.Missing is not null) return;
        (_environment["COMPOSE_PROJECT_NAME"], _environment["CONFIG"], _environment["NODE"]) = (_project, _config.FullName, Node);
        foreach (var port in new[] { "KAFKA_PORT", "GRAFANA_PORT", "PAGE_PORT", "PUSH_PORT", "INFLUX_PORT" }) _environment[port] = $"{Ports.Free()}";
        _engine = await Engine.StartAsync();
        _environment["FEED"] = ImageFeed.Hand();
        WriteConfiguration();
        await ComposeAsync("build");
        await UpAsync(containers: 6);
    }

    public async Task DisposeAsync()
    {
        if (_engine is not null) await TakeDownAsync(_engine);
        _http.Dispose();
        _config.Delete(recursive: true);
    }

    /// <summary>Brings up what is not up, and waits until all of it is healthy.</summary>
    internal async Task UpAsync(int containers, params string[] arguments)
    {
        await ComposeAsync(["up", "-d", "--no-build", "--no-recreate", .. arguments]);
        await Eventually.Get("all containers are healthy", async () => (await ContainersAsync()).Count(c => c.IsHealthy) == containers ? "yes" : null, Patience);
    }

    internal Task<IReadOnlyList<Container>> ContainersAsync() => _engine!.ContainersAsync(_project);

    internal async Task<Container> ContainerAsync(string service) => (await ContainersAsync()).First(c => c.Service == service);

    internal Task<JsonElement> InspectAsync(Container container) => _engine!.InspectAsync(container);

    /// <summary>Runs a program inside a container, and answers what it printed.</summary>
    internal static Task<string> ExecAsync(Container container, params string[] command) => Engine.RunAsync(["docker", "exec", container.Name, .. command]);

    /// <summary>Kills the container's first process as the kernel does when memory is short, and waits until it is back and healthy.</summary>
    /// <remarks>Not by <c>docker kill</c>, which the engine takes for the operator's wish and starts nothing again.</remarks>
    internal async Task KillAsync(Container container)
    {
        var state = await InspectAsync(container);
        using (var process = Process.GetProcessById(state.GetProperty("State").GetProperty("Pid").GetInt32())) process.Kill();
        var restarts = state.GetProperty("RestartCount").GetInt32();
        await Eventually.Get($"{container.Service} is back", async () =>
        {
            var now = await InspectAsync(container);
            var health = now.GetProperty("State").GetProperty("Health").GetProperty("Status").GetString();
            return now.GetProperty("RestartCount").GetInt32() > restarts && health == "healthy" ? "yes" : null;
        }, Patience);
    }

    internal Task<string> GetAsync(Container container, string path) => _http.GetStringAsync(new Uri($"http://{container.Address}:8080{path}"));

    /// <summary>The rows that InfluxDB answers with; none while it is away. Times are Unix milliseconds.</summary>
    internal async Task<IReadOnlyList<JsonElement>> QueryAsync(string query)
    {
        try
        {
            var address = new Uri($"http://127.0.0.1:{_environment["INFLUX_PORT"]}/query?db=pipeline&epoch=ms&q={Uri.EscapeDataString(query)}");
            using var answer = JsonDocument.Parse(await _http.GetStringAsync(address));
            return answer.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series) ? [.. series.EnumerateArray().Select(s => s.Clone())] : [];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    /// <summary>Waits until InfluxDB has a window that ended after now.</summary>
    internal async Task DataGoesOnAsync(string when)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await Eventually.Get($"data goes on {when}", async () =>
            await QueryAsync($"SELECT last(\"mean\") FROM \"hardware.cpu_load_average_1m\" WHERE time > {now}ms") is [_, ..] ? "yes" : null, Patience);
    }

    /// <summary>Also after a failed start. The engine stays up for others who have containers in it.</summary>
    private async Task TakeDownAsync(Engine engine)
    {
        try
        {
            await ComposeAsync("down", "-v", "--remove-orphans", "-t", "5");
            await Engine.RunAsync(["docker", "image", "prune", "-f", "--filter", "until=24h"]);
        }
        finally
        {
            if ((await engine.ContainersAsync()).Count == 0) await Engine.RunAsync(["down"]);
            engine.Dispose();
        }
    }

    private Task<string> ComposeAsync(params string[] arguments) => Engine.RunAsync([.. Files, .. arguments], _environment);

    /// <summary>config/compose.json, with InfluxDB 1 for 2.</summary>
    private void WriteConfiguration()
    {
        var config = JsonNode.Parse(Repository.Read("config/compose.json"), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        config["influx"] = new JsonObject { ["url"] = "http://influxdb:8086", ["database"] = "pipeline" };
        File.WriteAllText(Path.Combine(_config.FullName, "compose.json"), config.ToJsonString());
    }
}
