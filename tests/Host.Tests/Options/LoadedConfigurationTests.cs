using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests;

public sealed class LoadedConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-options-").FullName;

    [Fact]
    public void Default_configuration_is_sound()
    {
        var loaded = LoadedConfiguration.Load(null);
        Assert.Empty(loaded.Problems);
        Assert.Equal(["mission-control", "ipfs-gateway", "filecoin-indexer"], loaded.Options!.Probes.Targets.Select(t => t.Name));
        Assert.Contains(loaded.Options.Windows, w => w.Name == "hardware");
    }

    [Fact]
    public void Schema_beside_the_default_configuration_is_the_one_of_these_options() =>
        Assert.True(ConfigurationSchema.For<PipelineOptions>() == File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config", "pipeline.schema.json")),
            "Write it anew: ./pipeline check --schema > config/pipeline.schema.json");

    [Theory]
    [InlineData("http://127.0.0.1:18080", "http://127.0.0.1:18080/")]
    [InlineData("http://0.0.0.0:99/", "http://127.0.0.1:99/")]
    public void Probe_of_the_program_itself_follows_its_address(string url, string probed) =>
        Assert.Equal(probed, LoadedConfiguration.Load(null, new Overrides([url])).Options!.Probes.Targets[0].Url);

    [Theory]
    [InlineData("http://pipeline.example:8080")] // Kestrel would listen on all addresses
    [InlineData("http://127.0.0.1:8080/base")]
    [InlineData("http://me@127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("tcp://127.0.0.1:8080")]
    public void Address_that_cannot_be_listened_on_as_it_is_written_is_refused(string url) =>
        Assert.Contains(LoadedConfiguration.Load(null, new Overrides([url])).Problems, p => p.Path == "http.urls[0]" && p.Remedy.Contains("http://127.0.0.1:8080"));

    [Theory]
    [InlineData("""{ "node": "" }""", "node")]
    [InlineData("""{ "log": { "prefix": ".hidden" } }""", "log.prefix")]
    public void Name_that_the_program_could_not_start_with_is_refused(string json, string path) => Assert.Equal(path, Problem(json).Path);

    [Fact]
    public void Every_problem_is_reported_at_once_with_file_path_and_remedy()
    {
        var loaded = Load("""
            {
              "http": { "urls": ["nonsense"] },
              "log": { "retention": { "observations": { "maxAge": "5m" } } },
              "probes": { "targets": [ { "name": "a", "url": "ftp://x/" }, { "name": "a", "url": "http://x/" } ] },
              "windows": [
                { "name": "w", "metric": "hardware.cpu_utilisation_ratio", "size": "1m" },
                { "name": "w", "metric": "load.value", "size": "10s", "slide": "20s", "quantiles": [1.5] },
                { "name": "long", "metric": "load.value", "size": "10m" }
              ]
            }
            """);
        Assert.Null(loaded.Options);
        Assert.All(loaded.Problems, p => Assert.True(p.File.EndsWith("pipeline.json") && p.Problem.Length > 0 && p.Remedy.Length > 0));
        Assert.All(loaded.Problems, p => Assert.DoesNotContain("..", p.ToString()));
        var paths = loaded.Problems.Select(p => p.Path).ToList();
        foreach (var path in new[] { "http.urls[0]", "probes.targets[0].url", "probes.targets[1].name", "windows[0].metric", "windows[1].name", "windows[1].slide", "windows[1].quantiles", "windows[2].size" })
            Assert.Contains(path, paths);
    }

    [Fact]
    public void Unknown_metric_of_a_built_in_source_is_an_error_that_names_the_nearest() =>
        Assert.Contains("hardware.cpu_utilization_ratio", Problem("""{ "windows": [ { "name": "w", "metric": "hardware.cpu_utilisation_ratio" } ] }""").Remedy);

    [Fact]
    public void Metric_that_may_be_pushed_is_taken_on_trust() =>
        Assert.Empty(Load("""{ "windows": [ { "name": "w", "metric": "nginx.requests" }, { "name": "all", "metric": "*" } ] }""").Problems);

    [Theory]
    [InlineData("7d", "8d", null)]
    [InlineData("7d", "7d", "windows[1].statistics.baseline")]
    [InlineData("7d12h", "9d", "windows[1].statistics.baseline")]
    [InlineData("15d", "30d", "windows[1].statistics.baseline")]
    public void Baseline_needs_its_days_in_the_log(string baseline, string kept, string? path)
    {
        var problems = Load($$"""
            {
              "log": { "retention": { "other": { "maxAge": "{{kept}}" } } },
              "windows": [
                { "name": "minute", "metric": "load.value" },
                { "name": "hour", "of": "minute", "size": "1h", "statistics": { "baseline": "{{baseline}}" } }
              ]
            }
            """).Problems;
        Assert.Equal(path, problems.SingleOrDefault()?.Path);
        if (kept == "7d") Assert.Contains("log.retention.other.maxAge", problems[0].Remedy);
    }

    [Fact]
    public void Configuration_that_cannot_be_read_names_file_and_place()
    {
        var problem = Problem("{ \"windows\": [ }");
        Assert.EndsWith("pipeline.json", problem.File);
        Assert.Contains("line 1", problem.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ConfigurationProblem Problem(string json) => Assert.Single(Load(json).Problems);

    private LoadedConfiguration Load(string json)
    {
        var file = Path.Combine(_folder, "pipeline.json");
        File.WriteAllText(file, json);
        return LoadedConfiguration.Load(file);
    }
}
