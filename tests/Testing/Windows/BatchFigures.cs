using System.Globalization;
using Pipeline.Contracts;
using Xunit;

namespace Pipeline.Testing;

/// <summary>What the further statistics of a window must be, from its samples and by their definitions.</summary>
public static class BatchFigures
{
    private const double Error = 1e-9;

    /// <summary>Distinct texts up to so many are counted exactly.</summary>
    private const int ExactTexts = 128;

    public static void Check(WindowKey key, BatchWindow contents, WindowResult result)
    {
        var (asked, samples) = (contents.Options.Statistics, contents.Samples);
        var seconds = result.Kind is null ? contents.Options.Size.TotalSeconds : (result.End - samples.Min(s => s.Time)) / 1000.0;
        var scale = samples.Max(s => Math.Abs(s.Value));
        Near(key, "standardDeviation", asked.StandardDeviation ? Deviation(samples) : null, result.StandardDeviation, scale);
        Near(key, "increase", asked.Increase ? Increase(samples) : null, result.Increase, scale * samples.Count);
        Near(key, "increaseRate", asked.Increase ? Increase(samples) / seconds : null, result.IncreaseRate, scale * samples.Count);
        Near(key, "ewma", asked.Ewma is { } halfLife ? DecayingMean(samples, halfLife.TotalMilliseconds) : null, result.Ewma, scale);
        var shares = asked.Above.ToDictionary(t => t.ToString("R", CultureInfo.InvariantCulture), t => (double)samples.Count(s => s.Value > t) / samples.Count);
        Assert.Equal(shares.OrderBy(s => s.Key), (result.Above ?? new Dictionary<string, double>()).OrderBy(s => s.Key));
        if (asked.Distinct is { } label) CheckDistinct(key, samples.Select(s => s.Labels.GetValueOrDefault(label)).OfType<string>().Distinct().Count(), result.Distinct);
        else Assert.Null(result.Distinct);
        if (contents.Before is { } before) CheckBaseline(key, [.. before.SelectMany(b => b.Samples)], before.Count, result);
    }

    private static void CheckBaseline(WindowKey key, List<BatchSample> samples, int days, WindowResult result)
    {
        Assert.Equal(days == 0 ? null : days, result.BaselineDays);
        Near(key, "baseline", days == 0 ? null : samples.Average(s => s.Value), result.Baseline, samples.Select(s => Math.Abs(s.Value)).DefaultIfEmpty().Max());
        Assert.Equal(result.Baseline is null or 0 ? null : (result.Mean - result.Baseline) / Math.Abs(result.Baseline.Value), result.Change);
    }

    private static void CheckDistinct(WindowKey key, int exact, long? said)
    {
        var error = exact > ExactTexts ? 0.08 * exact : 0;
        if (!(said >= exact - error && said <= exact + error)) Assert.Fail($"{key} has {exact} distinct texts, and says {said}.");
    }

    private static void Near(WindowKey key, string figure, double? exact, double? said, double scale)
    {
        var isNear = exact is null == said is null && (exact is null || Math.Abs(said!.Value - exact.Value) <= Error * Math.Max(1, scale));
        if (!isNear) Assert.Fail($"{key}: {figure} is {said} and should be {exact}.");
    }

    private static double Deviation(List<BatchSample> samples)
    {
        var mean = samples.Average(s => s.Value);
        return Math.Sqrt(samples.Sum(s => (s.Value - mean) * (s.Value - mean)) / samples.Count);
    }

    private static double Increase(List<BatchSample> samples) => samples.GroupBy(s => s.Series).Sum(series =>
    {
        var inTime = series.OrderBy(s => s.Time).ToList();
        return inTime.Zip(inTime.Skip(1), (before, after) => after.Value < before.Value ? after.Value : after.Value - before.Value).Sum();
    });

    private static double DecayingMean(List<BatchSample> samples, double halfLife)
    {
        var latest = samples.Max(s => s.Time);
        return samples.Sum(s => s.Value * Weight(s)) / samples.Sum(Weight);

        double Weight(BatchSample sample) => Math.Pow(2, -(latest - sample.Time) / halfLife);
    }
}
