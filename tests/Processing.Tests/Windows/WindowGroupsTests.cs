using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class WindowGroupsTests
{
    private readonly WindowGroups _groups = new(new WindowDefinition(WindowTests.Window(10)), LabelSet.Of(("overflow", "n")));

    [Fact]
    public void Groups_are_found_by_metric_and_labels_and_listed_by_name()
    {
        var random = new Random(7);
        var names = Enumerable.Range(0, 200).Select(i => (Metric: $"m{random.Next(5)}", Host: $"h{i}")).ToList();
        foreach (var (metric, host) in names)
        {
            var group = Add(host, metric);
            Assert.Same(group, _groups[group.Id]);
            Assert.Same(group, _groups.Find(metric, Host(host)));
            if (random.Next(10) == 0) Assert.Equal(Listed().Order(StringComparer.Ordinal), Listed());
        }
        Assert.Null(_groups.Find("m9", Host("h1")));
        Assert.Equal((200, 200), (_groups.Count, _groups.Ids));
        Assert.Equal(names.Select(n => $"{n.Metric} host={n.Host}").Order(StringComparer.Ordinal), Listed());
    }

    [Fact]
    public void New_groups_are_numbered_by_name_and_what_knows_them_follows()
    {
        foreach (var series in Enumerable.Range(0, 3)) _groups.Series.Grow(series + 1);
        int c = Add("c").Id, a = Add("a").Id, b = Add("b").Id;
        _groups.Series.Join(0, c);
        _groups.Series.Join(1, a);
        _groups.Series.Join(2, a);
        var slice = new WindowSlice();
        slice.Begin(0, 0, 0, Watermark.None);
        slice.Add(c, 1, 1);
        slice.Add(b, 2, 2);
        _groups.Settle([slice]);
        Assert.Equal(["host=a", "host=b", "host=c"], Enumerable.Range(0, 3).Select(id => _groups[id].Labels.ToString()));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(id => _groups[id].Id));
        Assert.Equal((2, 0, 0), (_groups.Series[0], _groups.Series[1], _groups.Series[2]));
        Assert.Equal([2, 1], slice.Log.ToArray().Select(e => e.Group));

        Add("z");
        Add("0");
        _groups.Settle([slice]);
        Assert.Equal(["a", "b", "c", "0", "z"], Enumerable.Range(0, 5).Select(id => _groups[id].Labels["host"]));
        Assert.Equal([2, 1], slice.Log.ToArray().Select(e => e.Group));
        Assert.Equal([3, 0, 1, 2, 4], _groups.InOrder().ToArray());
    }

    [Fact]
    public void Group_that_no_slice_holds_is_let_go_of_at_the_next_sweep_and_its_number_is_used_again()
    {
        _groups.Series.Grow(3);
        int a = Add("a").Id, b = Add("b").Id, c = Add("c").Id;
        foreach (var (series, group) in new[] { (0, a), (1, b), (2, c) }) _groups.Series.Join(series, group);
        foreach (var group in new[] { a, a, b, c }) _groups.Hold(group);
        _groups.Release(a);
        Assert.Equal(0, _groups.Idle);
        _groups.Release(a);
        _groups.Release(b);
        _groups.Release(c);
        Assert.Equal(3, _groups.Idle);
        _groups.Hold(b);
        var slice = new WindowSlice();
        slice.Begin(0, 0, 0, Watermark.None);
        slice.Add(c, 1, 1);
        _groups.Sweep([slice]);

        Assert.Equal((2, 0), (_groups.Count, _groups.Idle));
        Assert.Null(_groups.Find("m", Host("a")));
        Assert.True(_groups.Series[0] < 0);
        Assert.Equal((b, c), (_groups.Series[1], _groups.Series[2]));
        Assert.Equal([b, c], _groups.InOrder().ToArray());
        Assert.Equal(a, Add("d").Id);
        Assert.Equal([b, c, a], _groups.InOrder().ToArray());
        _groups.Release(b);
        Assert.Equal(1, _groups.Idle);
        _groups.Sweep([]);
        Assert.Equal(["m host=c", "m host=d"], Listed());
    }

    [Fact]
    public void Group_that_is_held_released_and_held_again_stays()
    {
        var a = Add("a").Id;
        for (var i = 0; i < 3; i++)
        {
            _groups.Hold(a);
            _groups.Release(a);
            _groups.Hold(a);
            _groups.Release(a);
            Assert.Equal(1, _groups.Idle);
            _groups.Hold(a);
            _groups.Sweep([]);
            Assert.Equal(0, _groups.Idle);
            Assert.NotNull(_groups.Find("m", Host("a")));
            _groups.Release(a);
        }
        _groups.Sweep([]);
        Assert.Null(_groups.Find("m", Host("a")));
    }

    [Fact]
    public void Group_for_overflow_is_made_when_it_is_needed_and_counted_apart()
    {
        Add("a");
        Assert.Equal(1, _groups.Count);
        var overflow = _groups.Overflow;
        Assert.Same(overflow, _groups.Overflow);
        Assert.Equal(("load.value", "overflow=n", 1), (overflow.Metric, overflow.Labels.ToString(), _groups.Count));
        _groups.Hold(overflow.Id);
        _groups.Release(overflow.Id);
        _groups.Sweep([]);
        Assert.Equal(1, _groups.Count);
        Assert.NotSame(overflow, _groups.Overflow);
    }

    [Fact]
    public void Thousands_that_come_and_go_leave_the_others_in_their_order()
    {
        var random = new Random(3);
        var held = new List<WindowGroup>();
        for (var i = 0; i < 5000; i++)
        {
            var group = Add($"h{random.Next(1_000_000)}-{i}");
            _groups.Hold(group.Id);
            held.Add(group);
            if (held.Count < 50) continue;
            var gone = held[random.Next(held.Count)];
            held.Remove(gone);
            _groups.Release(gone.Id);
            if (i % 7 == 0) _groups.Sweep([]);
        }
        _groups.Sweep([]);
        Assert.Equal(held.Select(g => $"m {g.Labels}").Order(StringComparer.Ordinal), Listed());
        Assert.InRange(_groups.Ids, 49, 5000 / 2);
    }

    [Fact]
    public void Corrections_come_by_end_with_revisions_that_rise_until_they_are_forgotten()
    {
        var corrections = new Corrections();
        WindowGroup a = Add("a"), b = Add("b");
        Assert.Empty(corrections.Take());
        corrections.Mark(b, 20, wasPublished: true);
        corrections.Mark(a, 20, wasPublished: false);
        corrections.Mark(b, 10, wasPublished: true);
        corrections.Mark(b, 10, wasPublished: false);
        Assert.Equal((true, true, false), (corrections.Holds(b, 20), corrections.Holds(b, 10), corrections.Holds(a, 10)));
        Assert.Equal([(b, 10, 2), (b, 20, 2), (a, 20, 1)], corrections.Take());
        Assert.False(corrections.Holds(b, 20));
        Assert.Empty(corrections.Take());
        corrections.Mark(b, 10, wasPublished: true);
        Assert.Equal([(b, 10L, 3)], corrections.Take());
        corrections.Forget(throughEnd: 10);
        corrections.Mark(b, 10, wasPublished: false);
        corrections.Mark(b, 20, wasPublished: false);
        Assert.Equal([(b, 10, 1), (b, 20, 3)], corrections.Take());
    }

    [Fact]
    public void Rewind_begins_at_the_first_mark_that_is_not_over()
    {
        var marks = new RewindMarks();
        Assert.Null(marks.Earliest);
        RewindMark first = marks.Set(3, null!), second = marks.Set(5, null!), third = marks.Set(9, null!);
        second.IsOver = true;
        Assert.Same(first, marks.Earliest);
        first.IsOver = true;
        Assert.Same(third, marks.Earliest);
        third.IsOver = true;
        Assert.Null(marks.Earliest);
        Assert.Equal((3L, 9L), (first.Offset, third.Offset));
    }

    private WindowGroup Add(string host, string metric = "m") => _groups.Add(metric, Host(host));

    private List<string> Listed() => [.. _groups.InOrder().ToArray().Select(id => $"{_groups[id].Metric} {_groups[id].Labels}")];

    private static LabelSet Host(string host) => LabelSet.Of(("host", host));
}
