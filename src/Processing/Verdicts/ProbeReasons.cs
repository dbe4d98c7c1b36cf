using System.Globalization;

namespace Pipeline.Processing;

/// <summary>Targets that do not answer every probe.</summary>
internal static class ProbeReasons
{
    private const string Metric = "probe.success_ratio";

    public static IEnumerable<VerdictReason> Of(IEnumerable<SeriesReading> heard, VerdictOptions options) => heard
        .Where(r => r.Metric == Metric)
        .GroupBy(r => r.Labels, (_, windows) => windows.OrderBy(w => w.Size).ThenByDescending(w => w.End).First())
        .GroupBy(r => Subject.Of(r.Labels))
        .Select(target => Reason(target.Key, [.. target.OrderBy(r => r.Mean).ThenBy(r => r.Labels.ToString(), StringComparer.Ordinal)], options))
        .OfType<VerdictReason>();

    /// <param name="vantages">The worst first.</param>
    private static VerdictReason? Reason(string about, List<SeriesReading> vantages, VerdictOptions options)
    {
        var worst = vantages[0];
        if (!(worst.Mean < options.ProbeDegradedBelow || worst.Mean < options.ProbeUnhealthyBelow)) return null;
        var failing = vantages.Count(v => v.Mean < options.ProbeUnhealthyBelow);
        return new VerdictReason(failing == vantages.Count ? Health.Unhealthy : Health.Degraded, about, Text(worst, failing, vantages.Count));
    }

    private static string Text(SeriesReading worst, int failing, int vantages)
    {
        var succeeded = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(worst.Mean * worst.Count)} of {worst.Count} probes succeeded");
        if (worst.Labels["vantage"] is { } vantage) succeeded += $" from {vantage}";
        return vantages == 1 ? $"{succeeded}." : $"{succeeded}; {failing} of {vantages} vantages fail.";
    }
}
