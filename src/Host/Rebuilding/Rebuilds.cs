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
        var known = options.Windows.Where(w => w.Of is null).Select(w => w.Name).Order(StringComparer.Ordinal).ToList();
        var names = known.Count == 0 ? "The configuration has none that is made of samples." : $"Those that can be rebuilt: {string.Join(", ", known)}.";
        return options.Windows.FirstOrDefault(w => w.Name == window) is not { } found ? $"windows: there is no window '{window}'. {names}"
            : found.Of is { } of ? $"windows: '{window}' is put together from results of '{of}', of which the log keeps too few for its past. {names}"
            : null;
    }

    /// <param name="moved">Told after every slice how far it is.</param>
    public async Task<RebuildAnswer> RunAsync(RebuildOrder order, Action<RebuildProgress> moved, CancellationToken abort)
    {
        if (ProblemOf(order.Window) is { } problem) return new RebuildAnswer(Problem: problem);
        try
        {
            var partitions = (await log.TopicAsync(_topics.Observations, abort)).Partitions.Count;
            var summary = await new Rebuilder(log, _topics, Find(order.Window, partitions), new StageLimits()) { Moved = moved }.RunAsync(order.Request, abort);
            return new RebuildAnswer(Summary: summary);
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

    /// <summary>Alone: its results as parts of long windows are not published again.</summary>
    private RebuiltWindow Find(string name, int partitions)
    {
        var plan = WindowPlan.Of(options.Windows, BuiltInMetrics.KeyLabels).First(p => p.Definition.Name == name) with { PartOf = [] };
        var flows = new WindowFlows([plan], _topics, partitions, options.Processing, new Ledger()) { KeyLabels = BuiltInMetrics.KeyLabels };
        return new RebuiltWindow(plan, flows.All, options.Processing);
    }
}
