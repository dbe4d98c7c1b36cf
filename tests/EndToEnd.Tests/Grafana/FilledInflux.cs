using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>A real InfluxDB that the real program fills, with the default configuration and targets of our own in place of the public ones.</summary>
public sealed class FilledInflux : IAsyncLifetime
{
    private const string Database = "pipeline";

    private readonly List<IAsyncDisposable> _owned = [];
    private InfluxServer? _influx;
    private PipelineProgram? _program;

    public async Task InitializeAsync()
    {
        if (!File.Exists(InfluxFactAttribute.Program)) return; // every test of this is skipped
        var target = await SecureTarget.StartAsync();
        _owned.Add(target);
        _owned.Add(_influx = await InfluxServer.StartAsync(Database));
        _program = new PipelineProgram(Config(target.Url, _influx.Address)) { Variables = new Dictionary<string, string> { ["SSL_CERT_FILE"] = target.Trusted } };
        await _program.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _program?.Dispose();
        foreach (var owned in _owned) await owned.DisposeAsync();
    }

    /// <returns>Those that return nothing, or an error, even when the windows have had time to close.</returns>
    public async Task<IReadOnlyList<string>> WithoutDataAsync(IReadOnlyList<string> queries)
    {
        var missing = queries;
        try
        {
            await Eventually.Get("every query returns data", async () => (missing = await EmptyAsync(missing)).Count == 0 ? missing : null, TimeSpan.FromSeconds(120));
        }
        catch (TimeoutException)
        {
        }
        return missing;
    }

    private async Task<IReadOnlyList<string>> EmptyAsync(IReadOnlyList<string> queries)
    {
        var empty = new List<string>();
        foreach (var query in queries)
            if (!HasData(await _influx!.QueryAsync(Database, query))) empty.Add(query);
        return empty;
    }

    /// <summary>Something beside times.</summary>
    private static bool HasData(JsonElement result) => result.TryGetProperty("series", out var series) && series.EnumerateArray().Any(HasRow);

    private static bool HasRow(JsonElement series)
    {
        var data = series.GetProperty("columns").EnumerateArray().Index().Where(c => c.Item.GetString() != "time").Select(c => c.Index).ToList();
        return series.GetProperty("values").EnumerateArray().Any(row => data.TrueForAll(i => row[i].ValueKind != JsonValueKind.Null));
    }

    private static string Config(string target, Uri influx)
    {
        var config = JsonNode.Parse(Repository.Read("config/pipeline.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        config["influx"] = new JsonObject { ["url"] = influx.ToString(), ["database"] = Database };
        foreach (var probed in config["probes"]!["targets"]!.AsArray().Where(t => t!["url"]!.GetValue<string>().StartsWith("https:", StringComparison.Ordinal)))
            (probed!["url"], probed["interval"], probed["timeout"]) = (target, "5s", "5s");
        return config.ToJsonString();
    }
}
