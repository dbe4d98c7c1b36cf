using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

/// <summary>What holds for the figures that every window has. Whole numbers, whose sums are exact in any order.</summary>
public sealed class SummaryLawTests
{
    /// <summary>Parts of a window, one after the other in time as slices are; some are empty, and some samples of one instant.</summary>
    private static readonly Arbitrary<(long Time, double Value)[][]> Parts =
        (from sizes in Gen.ArrayOf(Gen.Elements(0, 1, 3, 30, 60), 3)
         from times in Gen.ArrayOf(Gen.Choose(0, 20), sizes.Sum())
         from values in Gen.ArrayOf(Gen.Choose(-1000, 1000), sizes.Sum())
         select sizes.Select((size, part) => times.Zip(values).Skip(sizes.Take(part).Sum()).Take(size)
             .Select(s => (100L * part + s.First, (double)s.Second)).ToArray()).ToArray()).ToArbitrary();

    [Fact]
    public void Figures_are_those_of_the_samples() => Prop.ForAll(Parts, parts =>
    {
        var samples = parts.SelectMany(p => p).ToList();
        if (samples.Count == 0) return;
        var summary = Of(samples);
        Assert.Equal((samples.Count, samples.Sum(s => s.Value), samples.Min(s => s.Value), samples.Max(s => s.Value)), (summary.Count, summary.Sum, summary.Min, summary.Max));
        Assert.Equal(samples.MinBy(s => s.Time), (summary.FirstTime, summary.First)); // of one instant the first added
        Assert.Equal(samples.AsEnumerable().Reverse().MaxBy(s => s.Time), (summary.LastTime, summary.Last)); // the last added
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_is_adding_and_the_empty_one_changes_nothing() => Prop.ForAll(Parts, parts =>
    {
        var added = All(Of(parts.SelectMany(p => p)));
        Assert.Equal(added, All(Merged(Merged(Of(parts[0]), Of(parts[1])), Of(parts[2]))));
        Assert.Equal(added, All(Merged(Of(parts[0]), Merged(Of(parts[1]), Of(parts[2])))));
        Assert.Equal(added, All(Merged(new Summary(6), Merged(Of(parts.SelectMany(p => p)), new Summary(6)))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_beyond_the_range_of_numbers_stay_at_its_end()
    {
        var (added, merged) = (Of([(0, double.MaxValue), (1, double.MaxValue)]), Of([(0, double.MinValue)]));
        merged.Merge(Of([(1, double.MinValue)]));
        Assert.Equal((double.MaxValue, double.MinValue), (added.Sum, merged.Sum));
    }

    [Fact]
    public void Quantiles_are_never_beyond_the_least_and_the_greatest_sample()
    {
        var summary = Of(Enumerable.Range(0, 100).Select(i => ((long)i, 1.001)));
        Assert.Equal((1.001, 1.001), (summary.Quantile(0), summary.Quantile(1)));
    }

    [Fact]
    public void A_result_is_read_as_the_summary_it_was_made_of()
    {
        var summary = Of([(5, 2.0), (7, -3), (9, 4)]);
        Assert.Equal(All(summary), All(Summary.Of(Result(summary))));
    }

    [Fact]
    public void A_result_that_contradicts_itself_is_refused_with_the_reason()
    {
        var good = Result(Of([(5, 2.0), (7, -3), (9, 4)]));
        Refused(good with { Count = 4 }, "It counts 4 samples, its sketch 3.");
        Refused(good with { Count = 0, Sketch = SketchEncoding.Encode(new QuantileSketch(6)) }, "It counts 0 samples, its sketch 0.");
        foreach (var bad in new[]
        {
            good with { Sum = double.NaN }, good with { Min = double.NegativeInfinity }, good with { Max = double.NaN },
            good with { First = double.PositiveInfinity }, good with { Last = double.NaN },
        }) Refused(bad, "One of its figures is not finite.");
    }

    private static void Refused(WindowResult result, string reason) => Assert.Equal(reason, Assert.Throws<FormatException>(() => Summary.Of(result)).Message);

    private static Summary Of(IEnumerable<(long Time, double Value)> samples)
    {
        var summary = new Summary(6);
        foreach (var (time, value) in samples) summary.Add(time, value);
        return summary;
    }

    private static Summary Merged(Summary into, Summary later)
    {
        into.Merge(later);
        return into;
    }

    private static (WindowFigures, string) All(Summary summary) => (summary.Figures, Convert.ToHexString(SketchEncoding.Encode(summary.Sketch)));

    private static WindowResult Result(Summary of) => new()
    {
        Window = "w", Metric = "m", Labels = LabelSet.Empty, Start = 0, End = 10, Revision = 1, Count = of.Count, Sum = of.Sum, Min = of.Min, Max = of.Max, Mean = of.Sum / of.Count,
        First = of.First, FirstTime = of.FirstTime, Last = of.Last, LastTime = of.LastTime, Quantiles = new Dictionary<string, double>(), Sketch = SketchEncoding.Encode(of.Sketch),
    };
}
