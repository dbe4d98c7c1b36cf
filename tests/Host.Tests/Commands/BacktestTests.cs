using System.Text.Json;
using Pipeline.Host.Commands;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Tests;

public sealed class BacktestTests : IDisposable
{
    private const string ByHost = """{ "name": "by-host", "metric": "load.value", "size": "4s", "lateness": "0s" }""";
    private const string ByRegion = """{ "name": "by-region", "metric": "load.value", "by": ["region"], "size": "10s", "lateness": "0s" }""";
    private const string Session = """{ "name": "session", "metric": "load.value", "gap": "1500ms", "size": "1h", "lateness": "0s" }""";
    private const string Long = """{ "name": "long", "of": "by-host", "size": "20s" }""";

    private readonly SomeRecording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Fact]
    public async Task Same_configuration_differs_nowhere()
    {
        var report = await CompareAsync([ByHost, ByRegion], [ByRegion, ByHost]);
        Assert.Equal(["by-host", "by-region"], report.Unchanged.Order());
        Assert.Empty(report.Windows);
    }

    [Fact]
    public async Task Added_and_removed_windows_are_named_with_their_results()
    {
        var report = await CompareAsync([ByHost], [ByRegion]);
        Assert.Equal(("by-host", "by-region"), (report.Removed.Single(), report.Added.Single()));
        var (host, region) = (report.Windows.Single(w => w.Window == "by-host"), report.Windows.Single(w => w.Window == "by-region"));
        Assert.True(host is { OnlyOld: > 100, OnlyNew: 0, Different: 0, Same: 0 }, $"{host.OnlyOld}");
        Assert.True(region is { OnlyNew: > 8, OnlyOld: 0, Different: 0, Same: 0 }, $"{region.OnlyNew}");
        Assert.Equal(("old", 3), (host.Examples[0].Only, host.Examples.Count));
    }

    [Fact]
    public async Task Window_that_waits_longer_counts_what_was_late()
    {
        var report = await CompareAsync([ByHost], [ByHost.Replace("\"lateness\": \"0s\"", "\"lateness\": \"5s\"")]);
        var window = report.Windows.Single();
        Assert.True(window is { Same: > 50, Different: > 10, OnlyOld: 0 }, JsonSerializer.Serialize(window));
        Assert.Equal(window.Different, window.Figures["count"].Results);
        var count = window.Examples.First(e => e.Only is null).Figures["count"];
        Assert.True(count.New > count.Old, $"{count}");
        Assert.True(report.Late.Old["by-host"] > 0 && report.Late.New["by-host"] == 0);
    }

    [Fact]
    public async Task Window_that_is_computed_in_two_steps_is_compared_as_well()
    {
        var report = await CompareAsync([ByRegion], [ByRegion.Replace("\"10s\"", "\"5s\"")]);
        var window = report.Windows.Single();
        Assert.True(window is { Different: > 5, OnlyNew: > 5, OnlyOld: 0 }, JsonSerializer.Serialize(window));
    }

    [Fact]
    public async Task Session_that_is_taken_back_is_no_result()
    {
        var report = await CompareAsync([Session], [Session.Replace("\"0s\"", "\"5s\"")]);
        var window = report.Windows.Single();
        Assert.Equal((0, 60, 0), (window.Same, window.OnlyOld, window.OnlyNew)); // six pauses of ten hosts, at each of which a session ended
        Assert.All(window.Examples, e => Assert.Equal("old", e.Only));
    }

    [Fact]
    public async Task Long_window_is_compared_where_what_it_is_put_together_from_is_unchanged()
    {
        var report = await CompareAsync([ByHost, Long], [ByHost, Long.Replace("20s", "40s")]);
        Assert.Equal(["by-host"], report.Unchanged);
        Assert.Empty(report.Removed.Concat(report.Added));
        var window = report.Windows.Single();
        Assert.True(window is { Window: "long", Different: > 0, OnlyOld: > 0 }, JsonSerializer.Serialize(window));
    }

    [Fact]
    public async Task What_a_long_window_is_put_together_from_stays_unchanged_where_the_long_one_is_added_or_removed()
    {
        var (added, removed) = (await CompareAsync([ByHost], [ByHost, Long]), await CompareAsync([ByHost, Long], [ByHost]));
        Assert.Equal("by-host", added.Unchanged.Single());
        Assert.Equal("long", added.Added.Single());
        Assert.Equal("by-host", removed.Unchanged.Single());
        Assert.Equal("long", removed.Removed.Single());
        Assert.Empty(added.Removed.Concat(removed.Added));
    }

    [Fact]
    public async Task Long_window_is_changed_where_what_it_is_put_together_from_is()
    {
        var report = await CompareAsync([ByHost, Long], [ByHost.Replace("4s", "5s"), Long]);
        Assert.Empty(report.Unchanged);
        Assert.Equal(["by-host", "long"], report.Windows.Select(w => w.Window));
    }

    [Fact]
    public async Task Report_is_a_table_and_JSON()
    {
        var report = await CompareAsync([ByHost], [ByHost.Replace("\"lateness\": \"0s\"", "\"quantiles\": [0.9], \"lateness\": \"0s\""), ByRegion]);
        var text = new StringWriter();
        report.Write(text);
        Assert.Contains("added:     by-region", text.ToString());
        Assert.Contains("p0.9 none -> ", text.ToString());
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal("by-region", json.RootElement.GetProperty("added")[0].GetString());
        Assert.Equal(2, json.RootElement.GetProperty("windows").GetArrayLength());
    }

    private async Task<BacktestReport> CompareAsync(string[] old, string[] @new) => (await BacktestCommand.CompareAsync(
        Recording.Open(_recording.Path), ChangedWindows.Between(Options(old), Options(@new)), CancellationToken.None))!;

    private static PipelineOptions Options(string[] windows) => LoadedConfiguration.Read($$"""{ "windows": [ {{string.Join(", ", windows)}} ] }""", "test").Options!;
}
