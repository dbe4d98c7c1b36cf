using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class GroupedSamplesTests
{
    private const int Groups = 70;
    private const long Start = 5000;
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Both_ways_to_sort_a_log_keep_the_samples_of_each_group_as_they_came() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        GroupedSamples many = new(), few = new();
        var ends = new int[Groups];
        for (var round = 0; round < 4; round++)
        {
            var (log, tags) = Drawn(random, most: 120);
            many.Begin(Start);
            many.Fill(log, tags, ends);
            few.Begin(Start);
            few.Fill(log, tags, Groups);
            Assert.All(ends, end => Assert.Equal(0, end));
            Holds(many, log, tags);
            Holds(few, log, tags);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merged_samples_are_those_of_both_the_older_ones_first() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        GroupedSamples older = new(), newer = new(), both = new();
        var ((first, firstTags), (second, secondTags)) = (Drawn(random, most: 90), Drawn(random, most: 200));
        if (firstTags.Length == 0 != (secondTags.Length == 0)) (firstTags, secondTags) = ([], []);
        older.Begin(Start);
        older.Fill(first, firstTags, Groups);
        newer.Begin(Start);
        newer.Fill(second, secondTags, Groups);
        both.Begin(Start);
        both.Fill(older, newer, Groups);
        Holds(both, [.. first, .. second], [.. firstTags, .. secondTags]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Long_runs_become_summaries_which_go_on_with_what_comes_late_and_the_others_stay_as_they_are() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var statistics = StatisticSet.Of(new StatisticsOptions { StandardDeviation = true, Distinct = "host" })!;
        var (log, tags) = Drawn(random, most: 70);
        var (late, lateTags) = Drawn(random, most: 70);
        if (tags.Length == 0 || lateTags.Length == 0) return;
        Lengthen(ref log, ref tags, group: 3, random.Next(SortedValues.Most - 2, SortedValues.Most + 3));
        Lengthen(ref late, ref lateTags, group: random.Next(2, 5), random.Next(SortedValues.Most - 2, SortedValues.Most + 3));
        GroupedSamples older = new(), newer = new(), both = new();
        older.Begin(Start);
        older.Fill(log, tags, Groups);
        older.Fold(sketchBits: 7, statistics);
        Counts(older, log);
        newer.Begin(Start);
        newer.Fill(late, lateTags, Groups);
        both.Begin(Start);
        both.Fill(older, newer, Groups);
        both.Fold(sketchBits: 7, statistics);
        LogEntry[] all = [.. log, .. late];
        SampleTag[] allTags = [.. tags, .. lateTags];
        Counts(both, all);
        foreach (var group in all.Select(e => e.Group).Distinct())
        {
            var place = both.Find(group);
            var states = statistics.Empty();
            for (var i = 0; i < all.Length; i++)
                if (all[i].Group == group) states.Add(new StatisticSample(Start + all[i].Time, all[i].Value, allTags[i]));
            var (expected, actual) = (states.Finish(1000, null), both.StatesAt(place, statistics).Finish(1000, null));
            Assert.Equal(expected.StandardDeviation!.Value, actual.StandardDeviation!.Value, 1e-9);
            Assert.Equal(expected.Distinct, actual.Distinct);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void First_and_last_go_by_time_and_among_samples_of_one_instant_by_how_they_came() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var times = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(5)).ToArray();
        var values = times.Select((_, i) => (double)i).ToArray();
        var segment = new Segment(values, times, Start, null);
        var summary = new Summary(7, null);
        segment.AddTo(summary);
        var folded = new Segment([], [], Start, summary);
        var (first, last) = (Array.IndexOf(times, times.Min()), Array.LastIndexOf(times, times.Max()));
        Assert.Equal((new TimedValue(first, Start + times[first]), new TimedValue(last, Start + times[last])), (segment.First(), segment.Last()));
        Assert.Equal((segment.First(), segment.Last(), segment.Count), (folded.First(), folded.Last(), folded.Count));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counters_are_read_series_by_series_in_the_order_of_time() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var statistics = StatisticSet.Of(new StatisticsOptions { Increase = true })!;
        var count = random.Next(1, 30);
        var samples = Enumerable.Range(0, count).Select(i => new StatisticSample(Start + random.Next(40), random.Next(100), new SampleTag((ulong)random.Next(3), 0))).ToArray();
        if (random.Next(2) == 0) samples = [.. samples.OrderBy(s => s.Tag.Series).ThenBy(s => s.Time)];
        var (actual, expected) = (statistics.Empty(), statistics.Empty());
        new TaggedSamples(Start, [.. samples.Select(s => (int)(s.Time - Start))], [.. samples.Select(s => s.Value)], [.. samples.Select(s => s.Tag)]).AddInOrderTo(actual);
        foreach (var sample in samples.OrderBy(s => s.Tag.Series).ThenBy(s => s.Time)) expected.Add(sample);
        Assert.Equal(expected.Finish(1000, null).Increase, actual.Finish(1000, null).Increase);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extent_of_a_large_window_is_that_of_its_slices_and_its_counts_go_with_those_that_expire() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var slices = random.Next(1, 8);
        var window = new LargeWindow(slices, 7);
        window.Clear();
        var held = new Queue<double[]>();
        for (long number = random.Next(-20, 20), end = number + 40; number < end; number++)
        {
            double[] values = random.Next(3) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (double)random.Next(-50, 50))];
            held.Enqueue(values);
            if (values.Length == 0) window.AppendEmpty(number);
            else window.Append(number, new Segment(values, new int[values.Length], 0, null));
            if (held.Count > slices) window.Remove(new Segment(held.Dequeue(), [], 0, null));
            if (held.Count < slices) continue;
            var all = held.SelectMany(v => v).ToList();
            var extent = window.From(number + 1 - slices, number + 1);
            Assert.Equal(all.Count == 0 ? Extent.Empty : new Extent(all.Sum(), all.Min(), all.Max()), extent);
            Assert.Equal(all.Count, window.Histogram.Count);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extent_of_any_number_of_samples_is_their_sum_minimum_and_maximum() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        for (var count = 1; count < 20; count++)
        {
            var values = Enumerable.Range(0, count).Select(_ => (double)random.Next(-1000, 1000)).ToArray();
            Assert.Equal(new Extent(values.Sum(), values.Min(), values.Max()), Extent.Of(values));
        }
        Assert.Equal(Extent.Empty, Extent.Of([]));
    }).QuickCheckThrowOnFailure();

    /// <summary>A log of some groups, with tags or without.</summary>
    private static (LogEntry[] Log, SampleTag[] Tags) Drawn(Random random, int most)
    {
        var of = random.Next(1, Groups + 1);
        var log = Enumerable.Range(0, random.Next(most)).Select(_ => new LogEntry(random.Next(of), random.Next(1000), random.Next(1000))).ToArray();
        return (log, random.Next(2) == 0 ? [] : [.. log.Select(_ => Tag(random))]);
    }

    private static SampleTag Tag(Random random) => new((ulong)random.Next(), (ulong)random.Next(1, 9));

    private static void Lengthen(ref LogEntry[] log, ref SampleTag[] tags, int group, int by)
    {
        var random = new Random(by);
        log = [.. log, .. Enumerable.Range(0, by).Select(i => new LogEntry(group, i, i % 17))];
        tags = [.. tags, .. Enumerable.Range(0, by).Select(_ => Tag(random))];
    }

    private static void Holds(GroupedSamples grouped, LogEntry[] log, SampleTag[] tags)
    {
        Counts(grouped, log);
        Assert.Equal(log.Length, grouped.Kept);
        var statistics = StatisticSet.Of(new StatisticsOptions { Distinct = "host" })!;
        foreach (var group in log.Select(e => e.Group).Distinct())
        {
            var segment = grouped[grouped.Find(group)];
            Assert.Equal(log.Where(e => e.Group == group).Select(e => e.Value), segment.Values.ToArray());
            var texts = tags.Where((_, i) => log[i].Group == group).Select(t => t.Text).Distinct().Count();
            if (tags.Length > 0) Assert.Equal(texts, grouped.StatesAt(grouped.Find(group), statistics).Finish(1000, null).Distinct);
            var first = log.Where(e => e.Group == group).MinBy(e => e.Time);
            Assert.Equal(new TimedValue(first.Value, Start + first.Time), segment.First());
        }
    }

    private static void Counts(GroupedSamples grouped, LogEntry[] log)
    {
        var expected = log.GroupBy(e => e.Group).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count()));
        var actual = new List<(int, long)>();
        foreach (var id in grouped.Ids) actual.Add((id, grouped.CountAt(grouped.Find(id))));
        Assert.Equal(expected, actual);
        foreach (var (id, count) in actual) Assert.Equal(count, grouped[grouped.Find(id)].Count);
        Assert.Equal(actual.Count, grouped.Groups);
    }
}
