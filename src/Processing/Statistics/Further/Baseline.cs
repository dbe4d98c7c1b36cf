namespace Pipeline.Processing;

/// <summary>Which windows of the past a window is compared with: those that ended one period, two, ... before it.</summary>
/// <param name="Period">Milliseconds.</param>
/// <param name="Reach">How long before it the earliest of them ended, a multiple of the period, milliseconds.</param>
internal sealed record Baseline(long Period, long Reach)
{
    /// <summary>Null where none is asked for.</summary>
    public static Baseline? Of(StatisticsOptions options) =>
        options.Baseline is { } baseline ? new Baseline((long)options.PeriodOrDay.TotalMilliseconds, (long)baseline.TotalMilliseconds) : null;

    /// <summary>How far a mean lies above what it is compared with, as a share of that; finite, and null where that is 0.</summary>
    public static double? Change(double mean, double baseline) =>
        baseline == 0 ? null : Summary.Finite(Summary.Finite(mean - baseline) / Math.Abs(baseline));
}
