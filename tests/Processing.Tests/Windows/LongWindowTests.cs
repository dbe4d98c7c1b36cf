using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

public sealed class LongWindowTests
{
    private static readonly WindowOptions Second = new() { Name = "second", Metric = "load.value", By = [], Size = TimeSpan.FromSeconds(1), Lateness = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void Long_window_holds_all_that_its_parts_held_however_many(int seconds)
    {
        var random = new Random(seconds);
        var driver = new MergeDriver(Long(seconds), Second, "a", "b");
        var values = new List<double>();
        for (var end = 1; end <= seconds; end++)
        {
            foreach (var node in new[] { "b", "a" })
            {
                double[] part = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.NextDouble() * 100)];
                values.AddRange(part);
                driver.Part(node, end * 1000, values: part);
            }
            driver.Tick("a", end * 1000);
            driver.Tick("b", end * 1000);
        }

        var result = Assert.Single(driver.Results);
        Assert.Equal((values.Count, 0, seconds * 1000L), (result.Count, result.Start, result.End));
        Assert.Equal(values.Sum(), result.Sum, 1e-9 * values.Sum());
        Assert.Equal((values.Min(), values.Max()), (result.Min, result.Max));
        var median = values.Order().ElementAt((values.Count - 1) / 2);
        Assert.InRange(result.Quantiles["0.5"], median * 0.99, median * 1.01);
        Assert.All(driver.Books, row => Assert.Equal(0, row.Difference));
    }

    [Fact]
    public void Long_windows_that_overlap_share_their_parts()
    {
        var driver = new MergeDriver(Long(3) with { Slide = TimeSpan.FromSeconds(1) }, Second, "a");
        for (var end = 1; end <= 5; end++) driver.Part("a", end * 1000, values: end);
        driver.Tick("a", 5000);

        Assert.Equal([(3000, 6), (4000, 9), (5000, 12)], driver.Results.Select(r => ((int)r.End, (int)r.Sum)));
    }

    [Fact]
    public void Corrected_part_corrects_the_long_window_until_it_is_final()
    {
        var driver = new MergeDriver(Long(2), Second, "a");
        driver.Part("a", 1000, values: 1).Part("a", 2000, values: 2).Tick("a", 2000);

        driver.Part("a", 2000, revision: 2, values: [2, 3]).Tick("a", 2500);
        driver.Tick("a", 3000);
        driver.Part("a", 2000, revision: 3, values: [2, 3, 4]).Tick("a", 3500);

        Assert.Equal([(1, 3), (2, 6)], driver.Results.Select(r => (r.Revision, (int)r.Sum)));
        Assert.Equal(1, driver.Books.Single(b => b.Name == "merge long").Late);
    }

    [Fact]
    public void Of_windows_that_overlap_only_those_that_lie_end_to_end_are_parts()
    {
        var hops = Second with { Size = TimeSpan.FromSeconds(2), Slide = TimeSpan.FromSeconds(1) };
        var driver = new MergeDriver(Long(4), hops, "a");
        for (var end = 2; end <= 5; end++) driver.Part("a", end * 1000, values: end);
        driver.Tick("a", 4000);

        Assert.Equal(2 + 4, Assert.Single(driver.Results).Sum);
        Assert.Equal(2, driver.Books.Single(b => b.Name == "partials of other windows").Filtered);
    }

    [Fact]
    public void Long_window_takes_what_it_is_about_from_its_part()
    {
        var part = Second with { By = ["host"], Where = new Dictionary<string, string> { ["region"] = "eu" }, RelativeError = 0.02 };

        var resolved = LongWindows.Resolve([part, new() { Name = "long", Of = "second", Size = TimeSpan.FromHours(1), Lateness = TimeSpan.Zero }])[1];

        Assert.Equal((part.Metric, part.By, part.Where, 0.02, part.Lateness), (resolved.Metric, resolved.By, resolved.Where, resolved.RelativeError, resolved.Lateness));
        Assert.Empty(LongWindows.Problems(resolved, [part, resolved]));
    }

    [Fact]
    public void Part_counts_in_each_long_window_that_its_node_names_from_when_on_that_is_whole()
    {
        var driver = new MergeDriver(Long(2), Second, "a");
        var added = new WindowDefinition(Long(3) with { Name = "added" }, new WindowDefinition(Second)).Id;
        driver.Part("a", 1000, values: 1).Part("a", 2000, values: 2);
        driver.Tick("a", 2000, new Dictionary<string, long> { [driver.WindowId] = 0, [added] = 2000 });
        for (var end = 3; end <= 6; end++) driver.Part("a", end * 1000, values: end).Tick("a", end * 1000);

        Assert.Equal([("long", 2000, 3), ("long", 4000, 7), ("added", 6000, 15), ("long", 6000, 11)], driver.Results.Select(r => (r.Window, (int)r.End, (int)r.Sum)));
        Assert.Equal(2000, driver.Rewind.Since[added]);
    }

    [Fact]
    public void Long_window_is_read_from_its_id_with_what_it_is_made_of()
    {
        var window = new WindowDefinition(Long(2), new WindowDefinition(Second));

        var read = WindowDefinition.Read(window.Id)!;

        Assert.Equal((window.Id, window.Of!.Id), (read.Id, read.Of?.Id));
        Assert.Equal(2, window.Id.Split('\n').Length);
        Assert.NotEqual(window.Id, new WindowDefinition(Long(2), new WindowDefinition(Second with { Lateness = TimeSpan.Zero })).Id);
    }

    [Fact]
    public void Baseline_belongs_to_the_long_window_alone()
    {
        var part = Second with { Statistics = new() { Ewma = TimeSpan.FromSeconds(1) } };
        var long7 = Compared(14, period: 7);

        var resolved = LongWindows.Resolve([part, long7])[1];

        Assert.Equal(long7.Statistics with { Ewma = TimeSpan.FromSeconds(1) }, resolved.Statistics);
        Assert.Empty(LongWindows.Problems(long7, [part, long7]).Concat(LongWindows.Problems(resolved, [part, resolved])).Concat(WindowProblem.Of(long7)));
        Assert.Equal("of", Assert.Single(LongWindows.Problems(long7 with { Statistics = long7.Statistics with { Increase = true } }, [part])).Path);
        Assert.NotEqual(new WindowDefinition(resolved).Id, new WindowDefinition(resolved with { Statistics = part.Statistics }).Id);
        Assert.Equal(14, WindowDefinition.Read(new WindowDefinition(resolved, new WindowDefinition(part)).Id)!.Statistics!.Baseline!.Reach / 86_400_000);
    }

    private static WindowOptions Compared(double days, double? period = null) => Long(3600) with
    {
        Statistics = new() { Baseline = TimeSpan.FromDays(days), BaselinePeriod = period is { } given ? TimeSpan.FromDays(given) : null },
    };

    private static WindowOptions Long(int seconds) =>
        new() { Name = "long", Of = "second", Size = TimeSpan.FromSeconds(seconds), Lateness = TimeSpan.FromSeconds(1) };
}
