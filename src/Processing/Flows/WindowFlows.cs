using System.Globalization;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The two flows that compute windows: of samples, and of the results of others.</summary>
/// <param name="partitions">Of every topic.</param>
public sealed class WindowFlows(IReadOnlyList<WindowPlan> windows, Topics topics, int partitions, ProcessingOptions options, Ledger ledger)
{
    private const string First = "windows";
    private const string Second = "merge";

    /// <summary>In an order that a configuration written in another order does not change.</summary>
    private readonly WindowPlan[] _windows = [.. windows.OrderBy(w => w.Definition.Id, StringComparer.Ordinal)];

    /// <inheritdoc cref="WindowDefinition.IsWithinPartition"/>
    public IReadOnlyDictionary<string, string> KeyLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Both, whatever the windows: the second computes what the first one names, which may be changed.</summary>
    public IReadOnlyList<Flow> All => [Windows, Merge];

    private long MaxFuture => (long)options.MaxFuture.TotalMilliseconds;

    /// <summary>Observations to results, and to partial results where a window spans partitions or is part of another.</summary>
    public Flow Windows => new(First, topics.Observations, (slices, start) =>
    {
        var rules = new RulesByInput(options, start.Progress);
        var node = Node(start.Partition);
        var ticks = new PartialTicks(node, [.. _windows.Where(w => w.IsMerged).Select(w => w.Definition.Id)]);
        return slices
            .Through(new DecodeObservations(First, rules, options.MaxSeries, start.Progress, ledger.Open("stage " + First)))
            .Through(new AdvanceWatermark(new Watermark(start.Progress?.AtRewind), start.Progress?.RewindTo ?? 0))
            .Through(new ComputeWindows([.. _windows.Where(w => w.Definition.Of is null)], node, start.Progress, ledger))
            .Through(new EncodeOutputs(topics, partitions, ticks, start.Progress));
    }) { ChangeSince = ChangeSince };

    /// <summary>Partial results to results, of whatever windows the first flow has parts of.</summary>
    public Flow Merge => new(Second, topics.Partials, (slices, start) => slices
        .Through(new DecodePartials(Second, ledger.Open("stage " + Second)))
        .Through(new MergePartials([.. Enumerable.Range(0, partitions).Select(Node)], start.Progress, ledger))
        .Through(new EncodeOutputs(topics, partitions, ticks: null, start.Progress)));

    private FlowChange? ChangeSince(Progress progress)
    {
        var added = _windows.Where(w => !progress.Since.ContainsKey(w.Definition.Id)).ToList();
        if (added.Count == 0 && progress.Since.Count == _windows.Length) return null;
        var then = Then(progress);
        var present = _windows.Select(w => w.Definition.Id).ToHashSet();
        var merged = then?.Where(w => w.SpansPartitions).Select(w => w.Definition.Name).ToHashSet() ?? [];
        return new FlowChange(
            then is null ? null : new WindowFlows(then, topics, partitions, options, ledger) { KeyLabels = KeyLabels }.Windows,
            progress with
            {
                Since = progress.Since.Where(s => present.Contains(s.Key)).ToDictionary(),
                Rebuilds = progress.Rebuilds?.Where(r => present.Contains(r.Key)).ToDictionary(),
            },
            [.. added.Select(w => new AddedWindow(w.Definition, Start(w, merged.Contains(w.Definition.Name), progress.Reached)))], MaxFuture);
    }

    /// <summary>The windows that a progress was written under, or null where one of them means nothing to this version.</summary>
    private IReadOnlyList<WindowPlan>? Then(Progress progress)
    {
        var definitions = progress.Since.Keys.Select(WindowDefinition.Read).ToList();
        return definitions.Contains(null) ? null : WindowPlan.Of([.. definitions.OfType<WindowDefinition>()], KeyLabels);
    }

    /// <summary>Of the first window that ends after what has been reached; where one of this name was merged, after a while before that.</summary>
    private static long? Start(WindowPlan window, bool wasMerged, long? reached)
    {
        if (!window.IsRebuilt) return null;
        if (reached is null or long.MinValue) return 0;
        var overlap = wasMerged && window.SpansPartitions ? WindowRebuild.Overlap : 0;
        var slicing = window.Definition.Slicing;
        return Math.Max(0, slicing.StartAtOrAfter(reached.Value - overlap - slicing.Size + 1));
    }

    private static string Node(int partition) => string.Create(CultureInfo.InvariantCulture, $"{First}-{partition}");
}
