using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Runs the command, and whether the results are those that the present configuration has of the whole log.</summary>
internal static partial class RebuildCheck
{
    /// <summary>Rebuilds a window until all of its results are final.</summary>
    /// <returns>What the command said at last.</returns>
    public static Task<string> RebuildToTheEndAsync(string window, params string[] where) =>
        RebuildUntilAsync(output => Number(output, "not touched, not final") == 0, window, where);

    /// <summary>Rebuilds a window until all of its ends up to a time are done, also those of which nothing was published.</summary>
    public static Task RebuildThroughAsync(DateTimeOffset time, string window, params string[] where) =>
        RebuildUntilAsync(output => Through().Match(output) is { Success: true } last && DateTimeOffset.Parse(last.Groups[1].Value, CultureInfo.InvariantCulture) >= time, window, where);

    public static async Task<string> RebuildAsync(string window, params string[] where)
    {
        var (exit, output, error) = await PipelineProgram.RunAsync(["rebuild", "--window", window, .. where]);
        Assert.True(exit == 0 || error.Contains("No end is both whole and final", StringComparison.Ordinal) || error.Contains("has told of no watermark", StringComparison.Ordinal), error);
        return exit == 0 ? output : "  not touched, not final    1";
    }

    public static long Number(string output, string row) =>
        long.Parse(Row().Matches(output).Single(m => m.Groups[1].Value.Trim() == row).Groups[2].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    public static void NothingWasLeftToDo(string output) =>
        Assert.Equal((0, 0, 0, true), (Number(output, "missing"), Number(output, "different"), Number(output, "no more"), Number(output, "left alone") > 0));

    /// <summary>None missing, none doubled, each right: as if the windows had always been these.</summary>
    public static void ResultsAreThoseOfABatch(LogCensus census, params WindowOptions[] windows)
    {
        var names = windows.Select(w => w.Name).ToHashSet();
        var results = census.Published.Select(r => JsonSerializer.Deserialize(r.Value, WireFormat.Records.WindowResult)!).Where(r => names.Contains(r.Window)).ToList();
        WindowAssert.Equal(census.Batch.Closed().Where(c => names.Contains(c.Key.Window)).ToDictionary(), results);
    }

    private static Task<string> RebuildUntilAsync(Func<string, bool> isDone, string window, string[] where)
    {
        var output = "";
        return Eventually.Get($"every end of {window} is final", async () => isDone(output = await RebuildAsync(window, where)) ? output : null, TimeSpan.FromSeconds(150), () => output);
    }

    [GeneratedRegex("^  (.{26}) *([0-9,]+)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("results of the ends from .* to (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex Through();
}
