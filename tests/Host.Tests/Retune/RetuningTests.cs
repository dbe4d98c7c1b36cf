using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Host.Retune;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Retune;

public sealed class RetuningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("retuning-").FullName;
    private readonly List<IReadOnlyList<WindowOptions>> _applied = [];
    private readonly Retuning _retuning;

    public RetuningTests()
    {
        Write(Window("10s"));
        var watched = new WatchedConfiguration(File, new WatchedFile(File, new TestTimeProvider()), () => LoadedConfiguration.Load(File));
        _retuning = new Retuning(watched, watched.Load().Options!.Windows, _applied.Add, NullLogger.Instance);
    }

    private string File => Path.Combine(_folder, "pipeline.json");

    [Fact]
    public void Changed_windows_are_applied()
    {
        Write(Window("20s"));
        _retuning.Look();
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.Single(Assert.Single(_applied)).Size);
        Assert.Equal((1, 0, 0), (_retuning.Status.Applied, _retuning.Status.Refused, _retuning.Status.Reasons.Count));
    }

    [Theory]
    [InlineData("\"size\": \"20 s\"", "windows[0].size")]
    [InlineData("\"size\": 20", "windows[0].size")]
    [InlineData("\"size\": ", "line")]
    public void Bad_file_changes_nothing_and_is_reported_until_it_is_mended(string bad, string place)
    {
        Write(Window("20s").Replace("\"size\": \"20s\"", bad, StringComparison.Ordinal));
        _retuning.Look();
        Assert.Empty(_applied);
        Assert.Equal(1, _retuning.Status.Refused);
        Assert.Contains(place, Assert.Single(_retuning.Status.Reasons).Text, StringComparison.Ordinal);
        Write(Window("10s"));
        _retuning.Look();
        Assert.Empty(_applied);
        Assert.Empty(_retuning.Status.Reasons);
    }

    [Fact]
    public void Change_of_anything_else_waits_for_a_restart_and_the_windows_are_applied_all_the_same()
    {
        Write(Window("20s"), "\"push\": { \"lateness\": \"3s\" },");
        _retuning.Look();
        Assert.Single(_applied);
        Assert.EndsWith("after a restart: push.", Assert.Single(_retuning.Status.Reasons).Text, StringComparison.Ordinal);
        Write(Window("20s"));
        _retuning.Look();
        Assert.Single(_applied);
        Assert.Empty(_retuning.Status.Reasons);
    }

    [Fact]
    public void Order_comments_and_spelled_out_defaults_are_no_change()
    {
        Write(Window("10s").Replace("\"10s\"", "\"10s\", /* as before */ \"slide\": \"10s\", \"lateness\": \"2s\"", StringComparison.Ordinal));
        _retuning.Look();
        Assert.Empty(_applied);
    }

    [Fact]
    public void Changes_are_told_by_name()
    {
        WindowOptions Named(string name, int seconds) => new() { Name = name, Metric = "load.value", Size = TimeSpan.FromSeconds(seconds) };
        Assert.Equal("added c, changed b, removed a", WindowChanges.Of([Named("a", 1), Named("b", 1), Named("d", 1)], [Named("d", 1), Named("b", 2), Named("c", 1)]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Window(string size) => $$"""{ "name": "w", "metric": "load.value", "size": "{{size}}" }""";

    private void Write(string window, string more = "") => System.IO.File.WriteAllText(File, $$"""{ {{more}} "windows": [{{window}}] }""");
}
