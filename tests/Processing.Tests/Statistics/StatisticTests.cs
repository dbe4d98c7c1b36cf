using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class StatisticTests
{
    private static readonly SampleTag A = new(1, 0), B = new(2, 0);

    [Fact]
    public void Deviation_is_that_of_a_population_and_not_lost_beside_a_large_mean()
    {
        var figures = Finish(new Deviation(), [.. new[] { 2.0, 4, 4, 4, 5, 5, 7, 9 }.Select((v, i) => new StatisticSample(i, 1e9 + v, A))]);
        Assert.Equal(2, figures.StandardDeviation!.Value, 1e-6);
    }

    [Fact]
    public void Equal_samples_do_not_deviate() =>
        Assert.Equal(0, Finish(new Deviation(), [.. Enumerable.Range(0, 1000).Select(i => new StatisticSample(i, 0.1, A))]).StandardDeviation);

    [Theory]
    [InlineData(0, new double[] { 5 })]
    [InlineData(7, new double[] { 5, 8, 9, 12 })]
    [InlineData(9, new double[] { 5, 8, 2, 6 })] // 3 up, a reset to 0 and 2 up, 4 up
    [InlineData(0, new double[] { 5, 5, 5 })]
    [InlineData(0, new double[] { 5, 0 })]
    public void Increase_counts_from_0_after_a_reset(double increase, double[] values)
    {
        var figures = Finish(new CounterIncrease(), [.. values.Select((v, i) => new StatisticSample(i, v, A))]);
        Assert.Equal(increase, figures.Increase);
        Assert.Equal(increase / 60, figures.IncreaseRate!.Value, 1e-15);
    }

    [Fact]
    public void Increase_is_summed_over_series_and_never_taken_between_them() =>
        Assert.Equal(3, Finish(new CounterIncrease(), [new(0, 100, A), new(1, 5, B), new(2, 101, A), new(3, 7, B)]).Increase);

    [Fact]
    public void Increase_of_many_series_is_written_as_a_sum_that_others_can_be_added_to()
    {
        var states = new[] { 0, 1 }.Select(part => Of(new CounterIncrease(),
            [.. Enumerable.Range(0, 1200).Select(i => new StatisticSample(i % 2, i % 2 * 3, new SampleTag((ulong)(10_000 * part + i / 2), 0)))])).ToArray();
        var read = states.Select(s => StateEncoder.Decode(s.Name, new StateEncoder().Encode(s), null)!).ToArray();
        read[0].Merge(read[1]);
        Assert.Equal(2 * 600 * 3, Finish(read[0], []).Increase);
        Assert.InRange(new StateEncoder().Encode(read[0]).Length, 1, 20);
    }

    [Fact]
    public void A_sample_on_a_threshold_is_not_above_it() =>
        Assert.Equal([0.75, 0.25, 0], Finish(new ShareAbove([0, 1, 2]), [new(0, 0, A), new(1, 1, A), new(2, 2, A), new(3, 1, A)]).Above);

    [Fact]
    public void Weight_in_the_decaying_mean_halves_with_the_half_life() =>
        Assert.Equal((2 * 1 + 8 * 0.5 + 4 * 0.25) / 1.75, Finish(new DecayingMean(1000), [new(2000, 2, A), new(0, 4, A), new(1000, 8, A)]).Ewma!.Value, 1e-15);

    [Fact]
    public void Halving_is_as_exact_as_the_mathematical_library()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var (age, halfLife) = (random.NextInt64(1L << random.Next(1, 40)), random.NextInt64(100, 86_400_000));
            var exact = Math.Pow(2, -(double)age / halfLife);
            Assert.Equal(exact, Halving.Of(age, halfLife), Math.Max(1e-300, exact * (1e-15 + 2e-16 * age / halfLife)));
        }
        Assert.Equal((1, 0.5, 0), (Halving.Of(0, 7), Halving.Of(7, 7), Halving.Of(long.MaxValue, 1)));
    }

    [Fact]
    public void Texts_are_counted_exactly_while_they_are_few_and_within_the_stated_error_beyond()
    {
        const double standardError = 1.04 / 64;
        var errors = new List<double>();
        for (var run = 0; run < 20; run++)
        {
            var state = new DistinctCount("label");
            var n = 0;
            foreach (var upTo in new[] { 1, 128, 129, 500, 3000, 10_000, 60_000 })
            {
                for (; n < upTo; n++) state.Add(new StatisticSample(0, 0, new SampleTag(1, TextHash.Of($"{run}-{n}"))));
                var count = Finish(state, []).Distinct!.Value;
                if (n <= DistinctCount.ExactLimit) Assert.Equal(n, count);
                else errors.Add((double)count / n - 1);
            }
        }
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 0, 1.1 * standardError);
        Assert.InRange(errors.Average(), -0.5 * standardError, 0.5 * standardError);
        Assert.All(errors, e => Assert.InRange(e, -4 * standardError, 4 * standardError));
    }

    /// <summary>Ranks are drawn from their distribution: more texts than could be hashed one by one, so that some registers are full.</summary>
    [Fact]
    public void Estimate_holds_where_registers_are_full()
    {
        var random = new Random(1);
        foreach (var bits in new[] { 40, 50, 58, 61 })
        {
            var perRegister = Math.Pow(2, bits) / HyperLogLog.Registers;
            byte[] registers = [.. Enumerable.Range(0, HyperLogLog.Registers).Select(_ => (byte)Math.Clamp(Math.Ceiling(Math.Log2(perRegister / -Math.Log(random.NextDouble()))), 0, HyperLogLog.MaxRank))];
            Assert.Equal(1, HyperLogLog.Estimate(registers) / Math.Pow(2, bits), 5 * 1.04 / 64);
        }
        Assert.Equal(1L << 62, HyperLogLog.Estimate([.. Enumerable.Repeat((byte)HyperLogLog.MaxRank, HyperLogLog.Registers)]));
    }

    [Fact]
    public void What_is_said_of_a_result_that_is_taken_back_is_what_was_asked_for()
    {
        Assert.Null(StatisticSet.Of(new()));
        Assert.Equivalent(new FurtherFigures(1) { StandardDeviation = 0 }, None(new() { StandardDeviation = true }), strict: true);
        Assert.Equivalent(new FurtherFigures(1) { Increase = 0 }, None(new() { Increase = true }), strict: true);
        Assert.Equivalent(new FurtherFigures(1) { Above = [0, 0] }, None(new() { Above = [2, 1] }), strict: true);
        Assert.Equivalent(new FurtherFigures(1) { Distinct = 0 }, None(new() { Distinct = "host" }), strict: true);
        Assert.Equivalent(new FurtherFigures(1) { Ewma = 0 }, None(new() { Ewma = TimeSpan.FromSeconds(1) }), strict: true);

        static FurtherFigures None(StatisticsOptions asked) => StatisticSet.Of(asked)!.None;
    }

    [Fact]
    public void Figures_of_no_samples_are_not_there() => Assert.All<IStatistic>(
        [new Deviation(), new CounterIncrease(), new ShareAbove([1]), new DecayingMean(5)], s => Assert.Equivalent(new FurtherFigures(60_000), FiguresOf(s), strict: true));

    [Fact]
    public void Totals_are_a_commutative_monoid_of_finite_numbers() => Prop.ForAll<(int, double)[]>(cases =>
    {
        SampleTotal[] totals = [.. cases.Select(c => new SampleTotal(Math.Abs((long)c.Item1), double.IsFinite(c.Item2) ? c.Item2 : double.MaxValue))];
        foreach (var (a, b) in totals.Zip(totals.Skip(1)))
        {
            Assert.Equal(a.Plus(b), b.Plus(a));
            Assert.Equal((a, a), (a.Plus(default), default(SampleTotal).Plus(a)));
            Assert.True(double.IsFinite(a.Plus(b).Mean) && a.Plus(b).Count == a.Count + b.Count);
        }
        foreach (var ((a, b), c) in totals.Zip(totals.Skip(1)).Zip(totals.Skip(2)).Where(t => new[] { t.First.First, t.First.Second, t.Second }.All(x => Math.Abs(x.Sum) < 1e300)))
            Assert.Equal(a.Plus(b).Plus(c).Sum, a.Plus(b.Plus(c)).Sum, 1e-15 * (Math.Abs(a.Sum) + Math.Abs(b.Sum) + Math.Abs(c.Sum)) + double.Epsilon);
    }).QuickCheckThrowOnFailure();

    /// <summary>What stands in a log is read by other machines and later versions.</summary>
    [Fact]
    public void Hash_of_a_text_is_the_same_everywhere() =>
        Assert.Equal((0xefd01f60ba992926UL, 0x53e1ba0c91d0347fUL), (TextHash.Of(""), TextHash.Of("région")));

    private static FurtherFigures Finish(IStatistic state, StatisticSample[] samples) => FiguresOf(Of(state, samples));

    private static FurtherFigures FiguresOf(IStatistic state)
    {
        var figures = new FurtherFigures(60_000);
        state.Finish(figures);
        return figures;
    }

    private static IStatistic Of(IStatistic state, StatisticSample[] samples)
    {
        foreach (var sample in samples) state.Add(sample);
        return state;
    }
}
