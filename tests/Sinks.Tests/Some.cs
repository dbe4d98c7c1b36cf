using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

/// <summary>Things that tests need and do not care about.</summary>
internal static class Some
{
    /// <summary>2026-01-01T00:00:00Z, where test clocks start.</summary>
    public const long Now = 1_767_225_600_000;

    public static WindowResult Result(string metric = "load.value", string host = "a", long end = Now, int revision = 1, string window = "load", double mean = 1.5) => new()
    {
        Window = window, Metric = metric, Labels = LabelSet.Of(("host", host)), Start = end - 10_000, End = end, Revision = revision,
        Count = 4, Sum = 4 * mean, Min = mean - 1, Max = mean + 1, Mean = mean, First = mean, FirstTime = end - 9000, Last = mean, LastTime = end - 1000,
        Rate = null, Quantiles = new Dictionary<string, double> { ["0.5"] = mean, ["0.95"] = mean + 1 }, Sketch = [1, 2, 3],
    };

    public static PipelineSnapshot Snapshot(long observations = 0) => new(
        [new("windows", 0, 3, 1.5)], [LedgerEntry.Zero("stage windows") with { In = 5, Out = 3, Held = 2 }],
        [new TopicState("observations", [new PartitionState(0, observations, 1234), new PartitionState(0, 0, 0)])], "node-1", "0.1.0", Now - 60_000);

    public static async Task Append(this InMemoryLog log, TopicPartition to, params WindowResult[] results)
    {
        var writer = await log.OpenAsync("test", default);
        foreach (var result in results) await writer.Append(to, "k", JsonSerializer.Serialize(result, WireFormat.Records.WindowResult));
    }
}
