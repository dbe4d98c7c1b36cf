namespace Pipeline.Processing;

/// <summary>Which windows of the past a window is compared with: those that ended one period, two, ... before it. Built from what the operator wrote.</summary>
/// <param name="Period">Milliseconds.</param>
/// <param name="Periods">How many at most.</param>
internal sealed record Baseline(long Period, int Periods)
{
    /// <summary>How far back the earliest of them lies, milliseconds.</summary>
    public long Reach => Period * Periods;

    /// <summary>Null where none is asked for.</summary>
    public static Baseline? Of(StatisticsOptions options) =>
        options.Baseline is { } baseline ? new Baseline((long)options.PeriodOrDay.TotalMilliseconds, (int)(baseline / options.PeriodOrDay)) : null;

    /// <summary>How far a mean lies above what it is compared with, as a share of that; finite, and null where that is 0.</summary>
    public static double? Change(double mean, double baseline) =>
        baseline == 0 ? null : Summary.Finite(Summary.Finite(mean - baseline) / Math.Abs(baseline));
}
