using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Host.Run;

/// <summary>The flows that compute the windows of a configuration.</summary>
internal static class WindowPlans
{
    /// <param name="partitions">Of every topic.</param>
    public static IReadOnlyList<Flow> Flows(PipelineOptions options, Topics topics, int partitions, Ledger ledger)
    {
        var plans = options.Windows.Select(Plan).ToList();
        var flows = new WindowFlows(plans, topics, partitions, options.Processing, ledger) { KeyLabels = BuiltInMetrics.KeyLabels };
        return [flows.Windows, flows.Merge];
    }

    private static WindowPlan Plan(WindowOptions options)
    {
        var definition = new WindowDefinition(options);
        return new WindowPlan(definition, SpansPartitions: !definition.IsWithinPartition(BuiltInMetrics.KeyLabels));
    }
}
