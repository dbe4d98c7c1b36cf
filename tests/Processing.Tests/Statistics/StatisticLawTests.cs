using FsCheck;
using FsCheck.Fluent;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>What holds for every further statistic. Parts of a series follow each other in time, as slices of windows do.</summary>
public sealed class StatisticLawTests
{
    private static readonly Dictionary<string, IStatistic> All = new IStatistic[]
        { new Deviation(), new CounterIncrease(), new ShareAbove([-1, 0.5, 100]), new DistinctCount("zone"), new DecayingMean(700) }.ToDictionary(s => s.Name);

    private static readonly Arbitrary<(int Seed, int Most)> Cases =
        (from seed in Gen.Choose(0, int.MaxValue - 1) from most in Gen.Elements(1, 3, 40, 400) select (seed, most)).ToArbitrary();

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Those whose states are the same to the last bit however they were put together.</summary>
    public static TheoryData<string> Exact => [ShareAbove.StateName, DistinctCount.StateName];

    [Fact]
    public void No_statistic_is_without_these_laws() => Assert.Equal(
        typeof(IStatistic).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IStatistic))).Select(t => t.Name).Order(),
        All.Values.Select(s => s.GetType().Name).Order());

    [Theory, MemberData(nameof(Names))]
    public void The_empty_state_changes_nothing_on_either_side(string name) => Prop.ForAll(Cases, c =>
    {
        var state = Of(name, Parts(c)[0]);
        Assert.Equal(Bytes(state), Bytes(Merged(state, All[name].Empty())));
        Assert.Equal(Bytes(state), Bytes(Merged(All[name].Empty(), state)));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void How_parts_are_put_together_does_not_matter(string name) => Prop.ForAll(Cases, c =>
    {
        var parts = Parts(c);
        var (a, b, d) = (Of(name, parts[0]), Of(name, parts[1]), Of(name, parts[2]));
        Same(Merged(Merged(a, b), d), Merged(a, Merged(b, d)), parts);
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_two_parts_does_not_matter_to_the_last_bit(string name) => Prop.ForAll(Cases, c =>
    {
        var (a, b) = (Of(name, Parts(c)[0]), Of(name, Parts(c)[1]));
        Assert.Equal(Bytes(Merged(a, b)), Bytes(Merged(b, a)));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void Merging_is_adding(string name) => Prop.ForAll(Cases, c =>
    {
        var parts = Parts(c);
        Same(Of(name, [.. parts.SelectMany(p => p)]), parts.Select(p => Of(name, p)).Aggregate(Merged), parts);
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Exact))]
    public void State_that_only_counts_is_the_same_to_the_last_bit_however_it_came_about(string name) => Prop.ForAll(Cases, c =>
    {
        var parts = Parts(c);
        Assert.Equal(Bytes(Of(name, [.. parts.SelectMany(p => p)])), Bytes(parts.Select(p => Of(name, p)).Reverse().Aggregate(Merged)));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void Merging_leaves_the_part_as_it_is_and_shares_nothing_with_it(string name) => Prop.ForAll(Cases, c =>
    {
        var parts = Parts(c);
        var part = Of(name, parts[1]);
        var (before, merged) = (Bytes(part), Merged(All[name].Empty(), part));
        foreach (var sample in parts[2]) merged.Add(sample);
        Assert.Equal(before, Bytes(part));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void State_survives_its_encoding(string name) => Prop.ForAll(Cases, c =>
    {
        var state = Of(name, Parts(c)[0]);
        var read = Read(name, Bytes(state))!;
        Assert.Equal(Bytes(state), Bytes(read));
        Assert.True(state.IsLike(read) && All.Values.Count(s => s.IsLike(read)) == 1);
        Assert.Equal(Figures(state), Figures(read));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void Damaged_bytes_are_read_or_refused_and_figures_stay_finite(string name)
    {
        var samples = new[] { 0, 1, 5, 300 }.Select(n => Bytes(Of(name, [.. Parts((n, n + 1))[0].Take(n)])));
        var mutator = new Mutator(7, [.. samples]);
        var (read, refused, sum, tries) = (0, 0, All[name].Empty(), Tries.Of(100_000));
        for (var i = 0; i < tries; i++)
        {
            try
            {
                var state = Read(name, mutator.Next())!;
                if (state.IsLike(sum)) sum.Merge(state);
                if (!Figures(state).Concat(Figures(sum)).All(double.IsFinite)) Assert.Fail($"Input {i} has a figure that is no number.");
                Read(name, Bytes(state));
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.True(read > tries / 100 && refused > tries / 100, $"{read} read, {refused} refused: this proves little.");
    }

    [Theory, MemberData(nameof(Names))]
    public void Figures_of_the_largest_numbers_are_finite(string name)
    {
        double[] values = [double.MaxValue, double.MinValue, double.MaxValue, 0, double.Epsilon, double.MinValue, double.MinValue];
        StatisticSample[] samples = [.. values.Select((v, i) => new StatisticSample(i * 1_000_000L * i, v, new SampleTag(1 + (ulong)i % 2, 3)))];
        var state = Of(name, samples);
        for (var i = 0; i < 5; i++)
        {
            state = Merged(state, Of(name, samples));
            Assert.All(Figures(state), f => Assert.True(double.IsFinite(f)));
            Assert.Equal(Bytes(state), Bytes(Read(name, Bytes(state))!));
        }
    }

    private static void Same(IStatistic expected, IStatistic actual, StatisticSample[][] parts)
    {
        var scale = parts.SelectMany(p => p).Sum(s => Math.Abs(s.Value));
        Assert.Equal(Figures(expected).Length, Figures(actual).Length);
        foreach (var (one, other) in Figures(expected).Zip(Figures(actual))) Assert.Equal(one, other, 1e-10 * Math.Max(1, scale));
    }

    private static IStatistic Of(string name, StatisticSample[] samples)
    {
        var state = All[name].Empty();
        foreach (var sample in samples) state.Add(sample);
        return state;
    }

    private static IStatistic Merged(IStatistic a, IStatistic b)
    {
        var both = a.Empty();
        both.Merge(a);
        both.Merge(b);
        return both;
    }

    private static double[] Figures(IStatistic state)
    {
        var figures = new FurtherFigures(60_000);
        state.Finish(figures);
        double?[] all = [figures.StandardDeviation, figures.Increase, figures.IncreaseRate, figures.Distinct, figures.Ewma, .. figures.Above?.Select(a => (double?)a) ?? []];
        return [.. all.OfType<double>()];
    }

    private static byte[] Bytes(IStatistic state) => new StateEncoder().Encode(state);

    private static IStatistic? Read(string name, ReadOnlySpan<byte> bytes) => StateEncoder.Decode(name, bytes, count: null);

    /// <summary>Three runs of samples of some series, one after the other in time, no time in two of them; one in four is empty.</summary>
    private static StatisticSample[][] Parts((int Seed, int Most) of)
    {
        var random = new Random(of.Seed);
        var time = 1_000_000L;
        return [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, random.Next(4) == 0 ? 0 : random.Next(1, of.Most + 1)).Select(i => new StatisticSample(
            time += random.Next(of.Most == 1 ? 5000 : 50) + (i == 0 ? 1 : 0), random.Next(3) == 0 ? random.Next(5) : Math.Exp(random.NextDouble() * 10 - 5) * (random.Next(9) == 0 ? -1 : 1),
            new SampleTag(TextHash.Of($"s{random.Next(4)}"), random.Next(9) == 0 ? 0 : TextHash.Of($"t{random.Next(of.Most)}")))).ToArray())];
    }
}
