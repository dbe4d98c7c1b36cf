using System.Globalization;

namespace Pipeline.Processing;

/// <summary>What is wrong with the pipeline itself.</summary>
internal static class PipelineReasons
{
    public static IEnumerable<VerdictReason> Of(VerdictInput input, VerdictOptions options)
    {
        foreach (var entry in input.Ledger.Where(e => e.Difference != 0))
            yield return new VerdictReason(Health.Degraded, "ledger", $"{entry.Difference} values unaccounted for in {entry.Name}.");
        foreach (var lag in input.Lag.Where(l => l.Seconds > options.LagDegraded.TotalSeconds))
            yield return new VerdictReason(Health.Degraded, $"stage {lag.Stage}/{lag.Partition}",
                string.Create(CultureInfo.InvariantCulture, $"{lag.Seconds:0} s and {lag.Records} records behind its input."));
    }
}
