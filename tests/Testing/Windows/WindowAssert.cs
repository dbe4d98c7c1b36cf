using System.Text.Json;
using Pipeline.Contracts;
using Xunit;

namespace Pipeline.Testing;

/// <summary>Compares published results with what a batch computation says.</summary>
public static class WindowAssert
{
    /// <summary>None missing, none doubled, none partial; every revision one more than the last.</summary>
    public static void Equal(IReadOnlyDictionary<WindowKey, BatchWindow> expected, IEnumerable<ReadRecord> published) =>
        Equal(expected, published.Select(r => JsonSerializer.Deserialize(r.Value, WireFormat.Records.WindowResult)!));

    /// <inheritdoc cref="Equal(IReadOnlyDictionary{WindowKey, BatchWindow}, IEnumerable{ReadRecord})"/>
    public static void Equal(IReadOnlyDictionary<WindowKey, BatchWindow> expected, IEnumerable<WindowResult> published)
    {
        var last = new Dictionary<WindowKey, WindowResult>();
        foreach (var result in published)
        {
            var key = new WindowKey(result.Window, result.Metric, result.Labels.ToString(), result.End);
            var before = last.GetValueOrDefault(key)?.Revision ?? 0;
            if (result.Revision != before + 1) Assert.Fail($"{key} was published with revision {result.Revision} after {before}.");
            last[key] = result;
        }
        foreach (var (key, taken) in last.Where(l => l.Value.Count == 0 && !expected.ContainsKey(l.Key)).ToList())
        {
            Assert.Equal((0, 0, 0), (taken.Sum, taken.Mean, taken.Quantiles.Values.Sum()));
            last.Remove(key);
        }
        var missing = expected.Keys.Except(last.Keys).Take(3).ToList();
        Assert.True(missing.Count == 0, $"Missing, among others: {string.Join("; ", missing)}");
        var extra = last.Keys.Except(expected.Keys).Take(3).ToList();
        Assert.True(extra.Count == 0, $"Published, but not in the log, among others: {string.Join("; ", extra)}");
        foreach (var (key, contents) in expected) Equal(key, contents, last[key]);
    }

    private static void Equal(WindowKey key, BatchWindow contents, WindowResult result)
    {
        var samples = contents.Samples;
        var values = samples.Select(s => s.Value).Order().ToArray();
        if (result.Count != values.Length) Assert.Fail($"{key} counts {result.Count} of {values.Length} samples.");
        Assert.Equal(values.Sum(), result.Sum, 1e-9 * Math.Max(1, values.Sum(Math.Abs)));
        Assert.Equal(result.Sum / result.Count, result.Mean);
        Assert.Equal((values[0], values[^1]), (result.Min, result.Max));
        if (result.Kind == "session") Assert.Equal(samples.Min(s => s.Time), result.Start);
        Assert.Equal((samples.Min(s => s.Time), samples.Max(s => s.Time)), (result.FirstTime, result.LastTime));
        Assert.Contains(result.First, samples.Where(s => s.Time == result.FirstTime).Select(s => s.Value));
        Assert.Contains(result.Last, samples.Where(s => s.Time == result.LastTime).Select(s => s.Value));
        foreach (var (rank, value) in result.Quantiles)
        {
            var exact = values[(int)(double.Parse(rank, System.Globalization.CultureInfo.InvariantCulture) * (values.Length - 1))];
            if (!(Math.Abs(value - exact) <= 0.01 * Math.Abs(exact))) Assert.Fail($"{key}: the quantile {rank} is {value} and should be {exact}.");
        }
        BatchFigures.Check(key, contents, result);
    }
}
