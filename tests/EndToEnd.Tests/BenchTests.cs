using System.Diagnostics;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The benchmarks as <c>./pipeline bench</c> runs them.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Benchmark_of_the_windows_writes_each_figure_as_a_line_of_JSON()
    {
        var file = Path.Combine(_folder, "rows.json");

        string[] arguments = ["run", "--no-build", "-c", Repository.Build, "--project", "bench", "--", "windows", "A/10s/10s", "--runs", "1", "--json", file];
        var (code, _, error) = await new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.Root }.RunAsync();
        Assert.Equal((0, ""), (code, error));

        var rows = File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var windows = rows.First(r => r.GetProperty("name").GetString() == "windows");
        Assert.Equal(["name", "density", "window", "ours", "peer", "peerName", "ratio", "unit"], windows.EnumerateObject().Select(p => p.Name));
        Assert.Equal(windows.GetProperty("ours").GetDouble() / windows.GetProperty("peer").GetDouble(), windows.GetProperty("ratio").GetDouble(), 0.01);
        Assert.All(rows, row => Assert.Equal(("A", "10s/10s"), (row.GetProperty("density").GetString(), row.GetProperty("window").GetString())));
    }
}
