using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Host.Run;

/// <summary>The flows that compute the windows of a configuration.</summary>
internal static class WindowPlans
{
    /// <param name="partitions">Of every topic.</param>
    public static IReadOnlyList<Flow> Flows(PipelineOptions options, Topics topics, int partitions, Ledger ledger) =>
        new WindowFlows(WindowPlan.Of(options.Windows, BuiltInMetrics.KeyLabels), topics, partitions, options.Processing, ledger) { KeyLabels = BuiltInMetrics.KeyLabels }.All;
}
