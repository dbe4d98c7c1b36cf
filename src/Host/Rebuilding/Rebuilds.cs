using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Transport;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Rebuilding;

/// <summary>Rebuilds windows of a configuration, in whatever process has the log.</summary>
internal sealed class Rebuilds(ILog log, PipelineOptions options)
{
    private readonly Topics _topics = new(options.Log.Prefix);

    /// <summary>What is wrong with a window's name, or null.</summary>
    public string? ProblemOf(string window)
    {
        var known = options.Windows.Select(w => w.Name).Order(StringComparer.Ordinal).ToList();
        return known.Contains(window) ? null
            : $"windows: there is no window '{window}'. {(known.Count == 0 ? "The configuration has none." : $"Those that can be rebuilt: {string.Join(", ", known)}.")}";
    }

    /// <param name="moved">Told after every slice how far it is.</param>
    public async Task<RebuildAnswer> RunAsync(RebuildOrder order, Action<RebuildProgress> moved, CancellationToken abort)
    {
        if (ProblemOf(order.Window) is { } problem) return new RebuildAnswer(Problem: problem);
        try
        {
            var partitions = (await log.TopicAsync(_topics.Observations, abort)).Partitions.Count;
            var summary = await new Rebuilder(log, _topics, Find(order.Window, partitions), new StageLimits()) { Moved = moved }.RunAsync(order.Request, abort);
            var longer = options.Windows.Where(w => w.Of == order.Window).Select(w => w.Name).ToList();
            return new RebuildAnswer(Summary: summary, Longer: longer.Count == 0 ? null : longer);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return RebuildAnswer.Broken("Interrupted.");
        }
        catch (Exception e) when (e is FencedException or LogUnavailableException or OutcomeUnknownException)
        {
            return RebuildAnswer.Broken(e.Message);
        }
    }

    /// <summary>Alone, or with the one that it is put together from: what others are put together from it is not published again.</summary>
    private RebuiltWindow Find(string name, int partitions)
    {
        var window = options.Windows.First(w => w.Name == name);
        var plans = WindowPlan.Of([.. options.Windows.Where(w => w.Name == window.Of), window], BuiltInMetrics.KeyLabels);
        var flows = new WindowFlows(plans, _topics, partitions, options.Processing, new Ledger()) { KeyLabels = BuiltInMetrics.KeyLabels };
        return new RebuiltWindow(plans[^1], flows.All, options.Processing);
    }
}
