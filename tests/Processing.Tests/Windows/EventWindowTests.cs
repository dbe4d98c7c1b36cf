using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>Sessions and sliding windows are what their samples make them, however these come and wherever a rewind begins.</summary>
public sealed class EventWindowTests
{
    private static readonly StatisticsOptions All = new()
    {
        StandardDeviation = true, Increase = true, Above = [-1, 0.5], Distinct = "host", Ewma = TimeSpan.FromSeconds(1),
    };

    private static readonly WindowOptions[] Windows =
    [
        Session("sessions", gap: 0.7, size: 20, lateness: 5),
        Session("cut", gap: 2, size: 3, lateness: 0.5) with { By = [], Statistics = All },
        Session("few", gap: 1, size: 60, lateness: 2) with { MaxGroups = 2 },
        Sliding("sliding", size: 5, lateness: 3) with { By = [], Statistics = All },
        Sliding("short", size: 0.2, lateness: 6),
        Sliding("crowded", size: 2, lateness: 0) with { MaxGroups = 2 },
    ];

    [Fact]
    public void Windows_do_not_depend_on_how_their_input_is_cut() => Prop.ForAll(WindowInputs.Runs, run => WindowInputs.CheckCuts(Windows, Inputs(run.Seed), run.Batch))
        .Check(40);

    [Fact]
    public void Run_that_begins_at_a_rewind_point_writes_the_same_bytes() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        foreach (var windows in Windows.Select(w => new[] { w }).Append(Windows)) WindowInputs.CheckRewind(windows, inputs, at: inputs.Count * 2 / 3 + run.Batch, least: 20);
    }).Check(40);

    [Fact]
    public void Last_revisions_are_what_a_batch_computation_says() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        foreach (var window in Windows.Where(w => w.MaxGroups > 2))
        {
            var driver = new WindowDriver(window) { BatchSize = run.Batch }.Push(inputs);
            var late = driver.Late.Select(l => l.Offset).ToHashSet();
            Assert.Equal(inputs.Where((input, i) => input.Labels is not null && late.Contains(i)).Count(), driver.Late.Count);
            var expected =
                from g in inputs.Where((input, i) => input.Labels is not null && !late.Contains(i)).GroupBy(i => window.By.Count == 0 ? "" : i.Labels!)
                from w in EventWindowContents.Of(window, [.. g.Select(i => new BatchSample(i.Time, i.Value, new Dictionary<string, string> { ["host"] = i.Labels![5..] }))])
                select (new WindowKey(window.Name, "load.value", g.Key, w.End), new BatchWindow(window, w.Samples));
            WindowAssert.Equal(expected.ToDictionary(), driver.Results);
        }
    }).Check(40);

    [Fact]
    public void Every_sample_is_accounted_for_after_every_batch()
    {
        var seen = LedgerEntry.Zero("all");
        Prop.ForAll(WindowInputs.Runs, run =>
        {
            var balanced = true;
            var driver = new WindowDriver(Windows) { BatchSize = run.Batch }.Push(Inputs(run.Seed), before: (d, _) => balanced &= d.Books.All(b => b.Difference == 0 && b.Held >= 0));
            seen = driver.Books.Aggregate(seen, (a, b) => a.Plus(b));
            return balanced && driver.Books.All(b => b.Held == 0);
        }).Check(40);
        Assert.All([seen.Out, seen.Late], count => Assert.True(count > 0, "A column was never used, so this proves little."));
    }

    [Fact]
    public void Groups_beyond_the_bound_are_put_together()
    {
        var driver = new WindowDriver(Windows[2], Windows[5]).Push(Inputs(1));

        Assert.Contains(driver.Results, r => r.Window == "few" && r.Labels["overflow"] == "node");
        Assert.Contains(driver.Results, r => r.Window == "crowded" && r.Labels["overflow"] == "node");
        Assert.Equal(4, driver.Results.Select(r => r.Labels).Distinct().Count(l => l["overflow"] is null));
    }

    [Fact]
    public void Session_that_another_took_in_is_taken_back_in_every_figure()
    {
        var driver = new WindowDriver(Session("sessions", gap: 1, size: 60, lateness: 5) with { Statistics = All });
        driver.Sample(10_000, labels: "host=a").Sample(11_500, labels: "host=a").Advance(13_000);
        var taken = driver.Sample(10_800, labels: "host=a").Advance(13_001).Single(r => r.Count == 0);

        Assert.Equal((11_000L, 2), (taken.End, taken.Revision));
        Assert.Equal([0, 0, 0, 0, 0], [taken.StandardDeviation, taken.Increase, taken.IncreaseRate, taken.Distinct, taken.Ewma]);
        Assert.Equal([0, 0], taken.Above!.Values);
    }

    [Fact]
    public void Sliding_window_is_published_once_its_instant_has_passed_and_again_only_where_a_late_sample_changes_it()
    {
        var driver = new WindowDriver(Sliding("sliding", size: 0.2, lateness: 5));
        driver.Sample(1000).Sample(1100).Sample(1300).Sample(1400);
        Assert.Empty(driver.Advance(1000));
        Assert.Equal([(1001, 1, 1L)], Told(driver.Advance(1001)));
        Assert.Equal([(1101, 1, 2L), (1301, 1, 1L), (1401, 1, 2L)], Told(driver.Advance(2000)));
        Assert.Equal([(1051, 1, 2L), (1101, 2, 3L)], Told(driver.Sample(1050).Advance(2001)));
        Assert.Equal([(1301, 2, 2L), (1401, 2, 3L)], Told(driver.Sample(1300).Advance(2002)));
        Assert.Equal([(1101, 3, 4L)], Told(driver.Sample(1100).Advance(2003)));
        Assert.Empty(driver.Advance(2004));

        static IEnumerable<(long, int, long)> Told(IEnumerable<WindowResult> results) => results.Select(r => (r.End, r.Revision, r.Count));
    }

    private static WindowOptions Session(string name, double gap, double size, double lateness) => Sliding(name, size, lateness) with
    {
        Kind = null, Gap = TimeSpan.FromSeconds(gap),
    };

    private static WindowOptions Sliding(string name, double size, double lateness) => new()
    {
        Name = name, Metric = "load.value", Kind = WindowKind.Sliding, Size = TimeSpan.FromSeconds(size), Lateness = TimeSpan.FromSeconds(lateness),
    };

    /// <summary>A sparse group, a dense one, one about as dense as is kept exactly, and one that comes and goes; some samples late, some at one instant.</summary>
    private static List<WindowInput> Inputs(int seed)
    {
        var random = new Random(seed);
        var inputs = new List<WindowInput>();
        for (long now = 100_000, watermark = 0; inputs.Count < 2000; now += random.Next(5) == 0 ? 0 : random.Next(60))
        {
            var time = now - (random.Next(12) == 0 ? random.Next(8000) : random.Next(3) == 0 ? random.Next(500) : random.Next(9) == 0 ? -random.Next(3000) : 0);
            var labels = random.Next(20) switch { 0 => "host=a", < 5 => "host=b", < 8 => now / 8000 % 3 == 0 ? "host=d" : "host=c", _ => "host=c" };
            inputs.Add(new WindowInput(time, Math.Exp(random.NextDouble() * 8 - 4) * (random.Next(9) == 0 ? -1 : 1), labels));
            if (random.Next(15) == 0) inputs.Add(new WindowInput(watermark = Math.Max(watermark, now - random.Next(2000)), 0, null));
        }
        inputs.Add(new WindowInput(1_000_000, 0, null));
        return inputs;
    }
}
