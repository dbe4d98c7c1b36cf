using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Tests;

public sealed class ReadModelTests
{
    private static readonly Gen<WindowResult> Results =
        from window in Gen.Elements("w", "v")
        from metric in Gen.Elements("m.a", "m.b")
        from host in Gen.Elements("a", "b", "c")
        from second in Gen.Choose(0, 100)
        from revision in Gen.Choose(1, 3)
        select Some.Result(metric, host, Some.Now + second * 1000, revision, window, mean: revision + second);

    private static readonly Arbitrary<(WindowResult[] Results, int[] Order)> Runs =
        (from results in Results.ArrayOf() from order in Gen.Choose(0, int.MaxValue).ArrayOf(results.Length) select (results, order)).ToArbitrary();

    [Fact]
    public void Same_end_with_a_higher_revision_replaces_and_others_are_ignored()
    {
        var model = new ReadModel(new LiveOptions());
        Assert.Null(model.Apply(Some.Result(revision: 2, mean: 5)));
        Assert.Equal(DropReason.Duplicate, model.Apply(Some.Result(revision: 2, mean: 6)));
        Assert.Equal(DropReason.Duplicate, model.Apply(Some.Result(revision: 1, mean: 7)));
        Assert.Equal(5, Assert.Single(model.Find(new WindowQuery())).Mean);
        Assert.Null(model.Apply(Some.Result(revision: 3, mean: 8)));
        Assert.Equal(8, Assert.Single(model.Find(new WindowQuery())).Mean);
        Assert.Equal(1, model.Stats.Points);
    }

    [Fact]
    public void Correction_by_a_window_of_another_size_takes_the_place_of_the_result()
    {
        var model = new ReadModel(new LiveOptions { Keep = TimeSpan.FromSeconds(1), MaxPoints = 2 });
        model.Apply(Some.Result());
        Assert.Null(model.Apply(Some.Result(revision: 2) with { Start = Some.Now - 60_000 }));
        Assert.Equal([(Some.Now - 60_000, 2, 60_000L)], model.Find(new WindowQuery()).Select(p => (p.Start, p.Revision, p.Series.Size)));
        Assert.Equal(1, model.Stats.Series);

        model.Apply(Some.Result(host: "b", end: Some.Now + 60_999));
        Assert.Equal((2, 0L), (model.Stats.Points, model.Stats.EvictedByAge)); // a long window is kept for longer
        model.Apply(Some.Result(host: "b", end: Some.Now + 61_000));
        Assert.Equal((2, 1L), (model.Stats.Points, model.Stats.EvictedByAge));
    }

    [Fact]
    public void Result_that_was_taken_back_is_not_shown_and_does_not_come_again()
    {
        var model = new ReadModel(new LiveOptions());
        var session = Some.Result() with { Kind = "session" };
        model.Apply(session with { End = session.End - 5000 });
        model.Apply(session);
        Assert.Null(model.Apply(session with { Revision = 2, Count = 0 }));
        Assert.Equal(DropReason.Duplicate, model.Apply(session));
        Assert.Equal([session.End - 5000], model.Find(new WindowQuery()).Select(p => p.End));
        Assert.Equal([session.End - 5000], model.Newest().Select(p => p.End));
    }

    [Fact]
    public void Sessions_of_different_lengths_are_one_series()
    {
        var model = new ReadModel(new LiveOptions());
        model.Apply(Some.Result() with { Kind = "session" });
        model.Apply(Some.Result(end: Some.Now + 7000) with { Kind = "session", Start = Some.Now });
        Assert.Equal(1, model.Stats.Series);
        Assert.Equal([Some.Now - 10_000, Some.Now], model.Find(new WindowQuery()).Select(p => p.Start));
    }

    [Fact]
    public void Point_shows_what_was_applied()
    {
        var model = new ReadModel(new LiveOptions());
        var result = Some.Result(mean: 3) with { Rate = 0.25 };
        model.Apply(result);
        var point = model.Newest()[0];
        Assert.Equal(
            (result.Window, result.Metric, result.Labels, result.Start, result.End, result.Revision, result.Count),
            (point.Series.Window, point.Series.Metric, point.Series.Labels, point.Start, point.End, point.Revision, point.Count));
        Assert.Equal(
            (result.Sum, result.Min, result.Max, result.Mean, result.First, result.Last, result.Rate),
            (point.Sum, point.Min, point.Max, point.Mean, point.First, point.Last, point.Rate));
        Assert.Equal(result.Quantiles, point.Series.Ranks.Zip(point.Quantiles.ToArray()).ToDictionary(p => p.First, p => p.Second));
    }

    [Fact]
    public void Quantiles_that_the_configuration_changed_keep_their_names()
    {
        var model = new ReadModel(new LiveOptions());
        model.Apply(Some.Result());
        model.Apply(Some.Result(end: Some.Now + 1) with { Quantiles = new Dictionary<string, double> { ["0.999"] = 7 } });
        Assert.Equal([["0.5", "0.95"], ["0.999"]], model.Find(new WindowQuery()).Select(p => p.Series.Ranks));
        Assert.Single(model.Series());
    }

    [Fact]
    public void Order_and_repetition_change_nothing() => Prop.ForAll(Runs, run =>
    {
        var options = new LiveOptions { Keep = TimeSpan.FromMinutes(1), MaxPoints = 20 };
        var (straight, shuffled) = (new ReadModel(options), new ReadModel(options));
        foreach (var result in run.Results) straight.Apply(result);
        foreach (var result in run.Results.Zip(run.Order).OrderBy(r => r.Second).Select(r => r.First)) shuffled.Apply(result);
        var before = Contents(straight);
        foreach (var result in run.Results) straight.Apply(result);
        return before.SequenceEqual(Contents(shuffled)) && before.SequenceEqual(Contents(straight));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bounds_hold_always_and_every_point_that_goes_is_counted() => Prop.ForAll(Runs, run =>
    {
        var model = new ReadModel(new LiveOptions { Keep = TimeSpan.FromSeconds(50), MaxPoints = 10, MaxSeries = 4 });
        var (inserted, newest) = (0, 0L);
        foreach (var result in run.Results)
        {
            var isKnown = model.Find(new WindowQuery(result.Window, result.Metric, result.End, result.End)).Any(p => p.Series.Labels.Equals(result.Labels));
            if (model.Apply(result) is null && !isKnown) inserted++;
            newest = Math.Max(newest, result.End);
            var (stats, points) = (model.Stats, model.Find(new WindowQuery()));
            var isBounded = stats is { Points: <= 10, Series: <= 4 } && points.All(p => p.End + p.Series.Size + 50_000 > newest);
            var isCounted = stats.Points == points.Count && stats.Points + stats.EvictedByAge + stats.EvictedByPoints + stats.EvictedBySeries == inserted;
            if (!isBounded || !isCounted) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_found_is_what_a_plain_filter_over_all_results_finds()
    {
        var queries =
            from name in Gen.Elements(null, "w", "x")
            from metric in Gen.Elements(null, "m.a")
            from host in Gen.Elements(null, "a")
            from range in Gen.Two(Gen.Choose(0, 100))
            from limit in Gen.Elements(int.MaxValue, 5)
            select new WindowQuery(name, metric, Some.Now + range.Item1 * 1000, Some.Now + range.Item2 * 1000, limit)
            {
                Labels = host is null ? [] : [KeyValuePair.Create("host", host)],
            };
        Prop.ForAll(Runs, queries.ToArbitrary(), (run, query) =>
        {
            var model = new ReadModel(new LiveOptions());
            foreach (var result in run.Results) model.Apply(result);
            return model.Find(query).Select(Key).SequenceEqual(Plain(run.Results, query));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Least_recently_updated_series_goes_first()
    {
        var model = new ReadModel(new LiveOptions { MaxSeries = 2 });
        model.Apply(Some.Result(host: "a"));
        model.Apply(Some.Result(host: "b"));
        model.Apply(Some.Result(host: "a", end: Some.Now + 1));
        model.Apply(Some.Result(host: "c"));
        Assert.Equal(["a", "c"], model.Series().Select(s => s.Labels["host"]).Order());
        Assert.Equal(1, model.Stats.EvictedBySeries);
    }

    [Fact]
    public void Oldest_point_of_all_goes_first_and_an_older_one_does_not_come_in()
    {
        var model = new ReadModel(new LiveOptions { MaxPoints = 2 });
        model.Apply(Some.Result(host: "b", end: Some.Now + 1));
        model.Apply(Some.Result(host: "a", end: Some.Now + 2));
        model.Apply(Some.Result(host: "a", end: Some.Now + 3));
        Assert.Equal(DropReason.Overflow, model.Apply(Some.Result(host: "c")));
        Assert.Equal([Some.Now + 2, Some.Now + 3], model.Find(new WindowQuery()).Select(p => p.End));
        Assert.Equal(1, model.Stats.EvictedByPoints);
    }

    [Fact]
    public void Long_window_outlives_the_time_by_its_size()
    {
        var model = new ReadModel(new LiveOptions { Keep = TimeSpan.FromMinutes(1) });
        var day = TimeSpan.FromDays(1);
        model.Apply(Some.Result(window: "day") with { Start = Some.Now - (long)day.TotalMilliseconds });
        Assert.Null(model.Apply(Some.Result(end: Some.Now + 80_000_000)));
        Assert.Equal(["day", "load"], model.Find(new WindowQuery()).Select(p => p.Series.Window));
        Assert.Equal(DropReason.Filtered, model.Apply(Some.Result(end: Some.Now + 1)));
    }

    [Fact]
    public async Task One_may_write_while_many_read()
    {
        var model = new ReadModel(new LiveOptions { MaxPoints = 500 });
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested || i == 0; i++)
            {
                var found = model.Find(new WindowQuery());
                Assert.Equal(found.Count, found.Select(p => (p.Series, p.End)).Distinct().Count());
                Assert.True(found.Count <= 500);
            }
        })).ToList();
        for (var i = 0; i < 20_000; i++) model.Apply(Some.Result(host: $"{i % 7}", end: Some.Now + i));
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static List<(string, string, LabelSet, long, int, double)> Contents(ReadModel model) => [.. model.Find(new WindowQuery()).Select(Key)];

    private static (string, string, LabelSet, long, int, double) Key(LivePoint p) =>
        (p.Series.Window, p.Series.Metric, p.Series.Labels, p.End, p.Revision, p.Mean);

    private static IEnumerable<(string, string, LabelSet, long, int, double)> Plain(WindowResult[] results, WindowQuery query) => results
        .GroupBy(r => (r.Window, r.Metric, r.Labels, r.End), (_, same) => same.MaxBy(r => r.Revision)!)
        .Where(r => query.Name is null || r.Window == query.Name)
        .Where(r => query.Metric is null || r.Metric == query.Metric)
        .Where(r => query.Labels.All(l => r.Labels[l.Key] == l.Value))
        .Where(r => query.From <= r.End && r.End <= query.To)
        .OrderBy(r => r.End).ThenBy(r => r.Window, StringComparer.Ordinal).ThenBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.Labels.ToString(), StringComparer.Ordinal)
        .TakeLast(query.Limit)
        .Select(r => (r.Window, r.Metric, r.Labels, r.End, r.Revision, r.Mean));
}
