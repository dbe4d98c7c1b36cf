using System.Globalization;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The two flows that compute windows: of samples, and of the results of others.</summary>
/// <param name="partitions">Of every topic.</param>
public sealed class WindowFlows(IReadOnlyList<WindowPlan> windows, Topics topics, int partitions, ProcessingOptions options, Ledger ledger)
{
    private const string First = "windows";
    private const string Second = "merge";

    private readonly WindowPlan[] _ofSamples = [.. windows.Where(w => w.Definition.Of is null)];
    private readonly WindowDefinition[] _merged = [.. windows.Where(w => w.IsMerged).Select(w => w.Definition)];

    /// <summary>The flows that these windows need.</summary>
    public IReadOnlyList<Flow> All => _merged.Length > 0 ? [Windows, Merge] : [Windows];

    /// <summary>Observations to results, and to partial results where a window spans partitions or is part of another.</summary>
    public Flow Windows => new(First, topics.Observations, (slices, start) =>
    {
        var watermark = new Watermark((long)options.QuietAfter.TotalMilliseconds, start.Progress?.AtRewind);
        var duplicates = new Duplicates(options.MaxSources, start.Progress);
        var node = Node(start.Partition);
        return slices
            .Through(new DecodeObservations(
                First, (long)options.MaxFuture.TotalMilliseconds, options.MaxSeries, duplicates, ledger.Open("stage " + First)))
            .Through(new AdvanceWatermark(watermark))
            .Through(new ComputeWindows(_ofSamples, node, start.Progress, ledger))
            .Through(new EncodeOutputs(topics, partitions, _merged.Length > 0 ? node : null, start.Progress));
    });

    /// <summary>Partial results to results.</summary>
    public Flow Merge => new(Second, topics.Partials, (slices, start) => slices
        .Through(new DecodePartials(Second, ledger.Open("stage " + Second)))
        .Through(new MergePartials(_merged, [.. Enumerable.Range(0, partitions).Select(Node)], start.Progress, ledger))
        .Through(new EncodeOutputs(topics, partitions, tickAs: null, start.Progress)));

    private static string Node(int partition) => string.Create(CultureInfo.InvariantCulture, $"{First}-{partition}");
}
