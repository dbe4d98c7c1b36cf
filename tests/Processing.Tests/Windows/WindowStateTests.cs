using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

/// <summary>What windows keep, each against the plain way to say the same.</summary>
public sealed class WindowStateTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Samples_lie_in_the_order_of_time_and_those_of_one_instant_as_they_came() => Prop.ForAll(Seeds, seed =>
    {
        var (random, samples, plain) = (new Random(seed), new EventSamples(hasTags: true), new List<StatisticSample>());
        for (var i = 0; i < 60; i++)
        {
            var sample = new StatisticSample(random.Next(40), i, new SampleTag((ulong)i, 0));
            samples.Add(sample);
            plain.Insert(plain.FindLastIndex(s => s.Time <= sample.Time) + 1, sample);
            if (i % 25 != 24) continue;
            samples.RemoveFirst(i / 8);
            plain.RemoveRange(0, i / 8);
        }
        Assert.Equal(plain, Enumerable.Range(0, samples.Count).Select(samples.Tagged));
        Assert.Equal(plain.Select(s => new TimedValue(s.Value, s.Time)), Enumerable.Range(0, samples.Count).Select(at => samples[at]));
        for (var time = -1; time <= 41; time++) Assert.Equal(plain.Count(s => s.Time < time), samples.FirstFrom(time));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extent_is_that_of_the_samples_whatever_blocks_they_are_in() => Prop.ForAll(Seeds, seed =>
    {
        const int size = 50;
        var (random, samples, extent) = (new Random(seed), new EventSamples(hasTags: false), new SlidingExtent(size));
        for (var (i, time) = (0, 0); i < 300; i++, time += random.Next(6) == 0 ? random.Next(2 * size) : random.Next(4)) samples.Add(new StatisticSample(time, random.Next(-99, 99), default));
        for (var to = 1; to <= samples.Count; to++)
        {
            if (random.Next(20) == 0) extent.Clear();
            var from = samples.FirstFrom(samples.Times[to - 1] - size + 1);
            var expected = samples.Values[from..to].ToArray();
            Assert.Equal(new Extent(expected.Sum(), expected.Min(), expected.Max()), extent.Of(samples, from, to));
            if (random.Next(9) > 0 || from == 0) continue;
            var gone = random.Next(1, from + 1);
            samples.RemoveFirst(gone);
            extent.Shift(gone);
            to -= gone;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Session_has_the_states_of_its_samples_in_the_order_of_time_however_many_are_final() => Prop.ForAll(Seeds, seed =>
    {
        var statistics = StatisticSet.Of(new StatisticsOptions { Increase = true, StandardDeviation = true })!;
        var (random, states, all) = (new Random(seed), new SessionStates(statistics), new List<StatisticSample>());
        var later = new SessionStates(statistics);
        for (var (i, now) = (0, 1000); i < 400; i++, now += random.Next(5))
        {
            var sample = new StatisticSample(now - random.Next(30), random.Next(50), new SampleTag(1, 0));
            all.Add(sample);
            if (i < 390) states.Add(sample, final: now - 30);
            else later.Add(sample with { Time = now }, final: 0);
            if (i >= 390) all[^1] = sample with { Time = now };
        }
        states.Append(later);
        var plain = statistics.Empty();
        foreach (var sample in all.OrderBy(s => s.Time)) plain.Add(sample);
        var (expected, actual) = (plain.Finish(1000, null), states.Now().Finish(1000, null));
        Assert.Equal(expected.Increase, actual.Increase);
        Assert.Equal(expected.StandardDeviation!.Value, actual.StandardDeviation!.Value, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Session_keeps_no_sample_that_is_final()
    {
        var states = new SessionStates(StatisticSet.Of(new StatisticsOptions { Increase = true })!);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++) states.Add(new StatisticSample(i, i, default), final: i - 100);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Parts_are_let_go_of_one_by_one_and_the_earliest_of_the_input_is_known()
    {
        var groups = new WindowGroups(new WindowDefinition(WindowTests.Window(10)));
        var parts = new EventParts(groups, length: 100);
        WatermarkRecord first = new(1, []), second = new(2, []);
        Assert.Null(parts.First);
        Assert.Null(parts.Earliest);
        var late = parts.Open(250, offset: 7, first);
        var early = parts.Open(-1, offset: 8, second);
        Assert.Same(late, parts.Open(299, 9, second));
        Assert.Same(early, parts.Open(-100, 10, first));
        Assert.Equal((2, 7L, first, 300L), (late.Number, late.FirstOffset, late.AtFirst, parts.EndOf(late)));
        Assert.Equal((-1, 8L, second, 0L), (early.Number, early.FirstOffset, early.AtFirst, parts.EndOf(early)));
        Assert.Same(early, parts[-50]);
        Assert.Same(late, parts[200]);
        Assert.Same(late, parts[299]);
        Assert.Equal((early, late, null), (parts.First, parts.Earliest, parts.After(early)));
        var next = parts.Open(0, offset: 11, first);
        Assert.Same(next, parts.After(early));

        parts.RemoveFirst();
        Assert.Equal((next, late), (parts.First, parts.Earliest));
        parts.RemoveFirst();
        Assert.Equal((late, late), (parts.First, parts.Earliest));
        parts.Open(350, offset: 12, first);
        parts.Open(450, offset: 13, first);
        parts.RemoveFirst();
        Assert.Equal((12L, 12L), (parts.First!.FirstOffset, parts.Earliest!.FirstOffset));
        Assert.NotSame(late, parts.Open(250, offset: 14, first));
        Assert.Equal((14L, 12L), (parts.First!.FirstOffset, parts.Earliest!.FirstOffset));
        parts.RemoveFirst();
        Assert.Equal(15, parts.Open(250, offset: 15, first).FirstOffset);
    }

    [Fact]
    public void Part_holds_each_of_its_groups_once_and_has_room_for_so_many()
    {
        var groups = new WindowGroups(new WindowDefinition(WindowTests.Window(10)));
        int a = groups.Add("m", LabelSet.Of(("host", "a"))).Id, b = groups.Add("m", LabelSet.Of(("host", "b"))).Id;
        var parts = new EventParts(groups, length: 100);
        var part = parts.Open(0, 0, Watermark.None);
        Assert.True(part.Admits(a, max: 1));
        parts.Join(part, a);
        parts.Join(part, a);
        Assert.Equal((true, false, true), (part.Admits(a, max: 1), part.Admits(b, max: 1), part.Admits(b, max: 2)));
        var next = parts.Open(100, 1, Watermark.None);
        parts.Join(next, a);
        parts.Join(next, b);
        parts.Join(parts.Open(200, 2, Watermark.None), b);
        Assert.Equal([a], part.Members);
        Assert.Equal([a, b], next.Members.Order());
        parts.RemoveFirst();
        Assert.Equal(0, groups.Idle);
        parts.RemoveFirst();
        Assert.Equal(1, groups.Idle);
        parts.RemoveFirst();
        Assert.Equal(2, groups.Idle);
    }

    [Fact]
    public void Rows_keep_what_they_have_when_their_chunk_becomes_wider_and_nothing_when_all_have_left()
    {
        var rows = new ValueRows();
        rows.Grow(40);
        Assert.True(rows[17, 3].IsEmpty);
        for (var id = 0; id < 40; id++)
        {
            rows.Join(id);
            rows.Reserve(id, 3).Clear();
            for (var i = 0; i < 3; i++) rows[id, 3][i] = 100 * id + i;
        }
        foreach (var count in new[] { 8, 9, 16, 17, 32, 33, 48, 49, 64, 65, 96, 97, SortedValues.Most })
            Assert.True(rows.Reserve(16, count).Length >= count);
        rows.Grow(100);
        for (var id = 0; id < 40; id++) Assert.Equal([100 * id, 100 * id + 1, 100 * id + 2], rows[id, 3].ToArray());

        for (var id = 16; id < 32; id++)
        {
            Assert.False(rows[id, 3].IsEmpty);
            rows.Leave(id);
        }
        Assert.True(rows[16, 3].IsEmpty);
        Assert.True(rows[31, 3].IsEmpty);
        Assert.False(rows[15, 3].IsEmpty);
        Assert.False(rows[32, 3].IsEmpty);
        Assert.All(rows.Reserve(20, 8).ToArray(), value => Assert.Equal(0, value));
        Assert.True(rows[99, 0].IsEmpty);
    }

    [Fact]
    public void Slice_admits_groups_that_it_has_and_others_while_there_is_room()
    {
        var slice = new WindowSlice();
        slice.Begin(3, 3000, offset: 5, Watermark.None);
        Assert.Equal((3, 3000L, 5L, 0L, 0), (slice.Number, slice.Start, slice.FirstOffset, slice.Samples, slice.Logged));
        Assert.True(slice.Admits(7, max: 1));
        slice.Add(7, 1, 1.5);
        slice.Add(8, 2, 2.5);
        Assert.Equal((true, true, false, true), (slice.Admits(7, 2), slice.Admits(8, 2), slice.Admits(9, 2), slice.Admits(9, 3)));
        slice.Renumber(8, [11]);
        Assert.Equal([7, 11], slice.Log.ToArray().Select(e => e.Group));
        Assert.Equal((true, true, false), (slice.Admits(7, 2), slice.Admits(11, 2), slice.Admits(8, 2)));
        slice.Grouped.Fill(slice.Log, slice.Tags, groups: 12);
        var log = slice.ChangeLog([]);
        Assert.True(log.Length >= 2);
        Assert.Equal((2L, 0), (slice.Samples, slice.Logged));
        Assert.Equal((true, true, false, true), (slice.Admits(7, 2), slice.Admits(11, 2), slice.Admits(8, 2), slice.Admits(8, 3)));
        slice.Add(8, 5, 1);
        Assert.Equal((3L, true, false), (slice.Samples, slice.Admits(8, 3), slice.Admits(9, 3)));
        slice.Begin(4, 4000, offset: 6, Watermark.None);
        Assert.Equal((0L, 0, true, true), (slice.Samples, slice.Logged, slice.Tags.IsEmpty, slice.Admits(9, 1)));
    }

    [Fact]
    public void Slice_keeps_the_tags_of_its_samples()
    {
        var slice = new WindowSlice();
        slice.Begin(0, 0, 0, Watermark.None);
        for (var i = 0; i < 100; i++) slice.Add(i % 3, i, i, new SampleTag((ulong)i, 1));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => new SampleTag((ulong)i, 1)), slice.Tags.ToArray());
        Assert.Equal(Enumerable.Range(0, 100), slice.Log.ToArray().Select(e => e.Time));
    }

    [Fact]
    public void Past_holds_its_groups_until_it_is_forgotten_and_keeps_no_end_at_which_nothing_was_published()
    {
        var options = WindowTests.Window(10) with { Statistics = new() { Baseline = TimeSpan.FromDays(1) } };
        var definition = new WindowDefinition(options);
        var groups = new WindowGroups(definition);
        var past = new PastWindows(definition.Statistics!.Baseline!, groups);
        WindowGroup a = groups.Add("m", LabelSet.Of(("host", "a"))), b = groups.Add("m", LabelSet.Of(("host", "b")));
        Assert.False(past.Keep(End(10, a, samples: 0)));
        Assert.Null(past.Earliest);
        var end = End(20, a, samples: 2);
        end.Windows.Add(b.Id, new MergedWindow(b));
        Assert.True(past.Keep(end));
        Assert.True(past.Keep(End(30, a, samples: 1)));
        Assert.Equal(20, past.Earliest);
        past.ForgetEarliest();
        Assert.Equal((true, 30, 0), (end.First.IsOver, past.Earliest, groups.Idle));
        past.ForgetEarliest();
        Assert.Equal((null, 1), (past.Earliest, groups.Idle));
    }

    private static MergedEnd End(long end, WindowGroup group, int samples)
    {
        var summary = new Summary(7, null);
        for (var i = 0; i < samples; i++) summary.Add(i, 1);
        var (window, merged) = (new MergedWindow(group), new MergedEnd(end, new RewindMark(0, null!)));
        window.Publish(summary);
        merged.Windows.Add(group.Id, window);
        return merged;
    }
}
