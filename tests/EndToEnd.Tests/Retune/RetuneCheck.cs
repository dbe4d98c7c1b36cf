using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;
using Contents = System.Collections.Generic.IReadOnlyDictionary<Pipeline.Testing.WindowKey, Pipeline.Testing.BatchWindow>;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What the configuration said before and after a change under load, and whether the results are those that it must have.</summary>
internal static class RetuneCheck
{
    private const string WindowsAfter = """
        { "name": "changed", "metric": "load.value", "by": ["region"], "size": "8s", "slide": "2s", "lateness": "1s" },
        { "name": "added", "metric": "load.value", "by": ["region"], "size": "10s", "slide": "5s", "lateness": "1s" }
        """;

    public static readonly WindowOptions Kept = new()
    {
        Name = "kept", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(4), Lateness = TimeSpan.FromSeconds(1),
    };

    public static readonly WindowOptions Before = new()
    {
        Name = "changed", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(6), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(1),
    };

    public static readonly WindowOptions After = Before with { Size = TimeSpan.FromSeconds(8) };

    public static readonly WindowOptions Added = Before with { Name = "added", Size = TimeSpan.FromSeconds(10), Slide = TimeSpan.FromSeconds(5) };

    public static readonly WindowOptions Longer = LongWindows.Resolve([Kept, new() { Name = "longer", Of = "kept", Size = TimeSpan.FromSeconds(12), Slide = TimeSpan.FromSeconds(4) }])[1];

    public static string ConfigBefore => Config("""{ "name": "changed", "metric": "load.value", "by": ["region"], "size": "6s", "slide": "2s", "lateness": "1s" }""");

    public static string ConfigAfter => Config(WindowsAfter);

    public static string ConfigWithLonger => Config(WindowsAfter + """, { "name": "longer", "of": "kept", "size": "12s", "slide": "4s" }""");

    /// <summary>As an editor does: a new file takes the place of the old one.</summary>
    public static void Write(PipelineProgram program, string config)
    {
        File.WriteAllText(program.Config + ".new", config);
        File.Move(program.Config + ".new", program.Config, overwrite: true);
    }

    /// <param name="take">Counts the log by windows.</param>
    /// <returns>The last end of the old window, and the start of the first of the added one, Unix milliseconds.</returns>
    public static async Task<(long Boundary, long Added)> ResultsAreRightAsync(Func<IReadOnlyList<WindowOptions>, Task<LogCensus>> take)
    {
        var now = await take([Kept, After, Added]);
        var results = now.Published.Select(r => (Record: r, Result: JsonSerializer.Deserialize(r.Value, WireFormat.Records.WindowResult)!)).ToList();
        var expected = now.Batch.Closed();
        WindowAssert.Equal(Of(expected, "kept"), results.Where(r => r.Result.Window == "kept").Select(r => r.Record));

        var before = (await take([Before])).Batch.Closed();
        var (old, changed) = (results.Where(r => IsOf(r.Result, Before)).ToList(), results.Where(r => IsOf(r.Result, After)).ToList());
        var (boundary, first) = (old.Max(r => r.Result.End), changed.Min(r => r.Result.End));
        Assert.Equal(boundary + 2000, first);
        WindowAssert.Equal(before.Where(e => e.Key.End <= boundary).ToDictionary(), old.Select(r => r.Record));
        WindowAssert.Equal(Of(expected, "changed").Where(e => e.Key.End >= first).ToDictionary(), changed.Select(r => r.Record));

        var added = results.Where(r => r.Result.Window == "added").ToList();
        WindowAssert.Equal(Of(expected, "added").Where(e => e.Key.End >= added.Min(r => r.Result.End)).ToDictionary(), added.Select(r => r.Record));
        return (boundary, added.Min(r => r.Result.Start));
    }

    private static Dictionary<WindowKey, BatchWindow> Of(Contents contents, string window) =>
        contents.Where(c => c.Key.Window == window).ToDictionary();

    private static bool IsOf(WindowResult result, WindowOptions window) =>
        result.Window == window.Name && result.End - result.Start == (long)window.Size.TotalMilliseconds;

    private static string Config(string windows) => $$"""
        {
          "node": "test", "hardware": null, "push": { "lateness": "1s" }, "log": { "partitions": 4 },
          "windows": [
            {{windows}},
            { "name": "kept", "metric": "load.value", "by": ["host"], "size": "4s", "lateness": "1s" }
          ]
        }
        """;
}
