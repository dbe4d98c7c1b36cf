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
        driver.Sample(10_000, 1).Sample(11_500, 3).Advance(13_000);
        var united = driver.Sample(10_800, 2).Advance(13_001);

        Assert.Equal(Math.Sqrt(2.0 / 3), united.Single(r => r.Count == 3).StandardDeviation!.Value, 1e-12);
        var taken = united.Single(r => r.Count == 0);
        Assert.Equal((11_000L, 2), (taken.End, taken.Revision));
        Assert.Equal([0, 0, 0, 0, 0], [taken.StandardDeviation, taken.Increase, taken.IncreaseRate, taken.Distinct, taken.Ewma]);
        Assert.Equal([0, 0], taken.Above!.Values);
        driver.Advance(30_000);
        Assert.Equal(6, driver.Rewind.Offset);
    }

    [Fact]
    public void Session_is_published_at_its_end_and_let_go_of_once_nothing_can_change_it()
    {
        var driver = new WindowDriver(Session("sessions", gap: 1, size: 60, lateness: 5));
        driver.Sample(10_000);
        Assert.Empty(driver.Advance(10_999));
        Assert.Equal([(11_000, 1, 1L)], Told(driver.Advance(11_000)));
        Assert.Empty(driver.Advance(15_999));
        Assert.Equal(1, driver.Books.Single().Held);
        Assert.Empty(driver.Advance(16_000));
        Assert.Equal(0, driver.Books.Single().Held);
        driver.Advance(16_999);
        Assert.Equal(0, driver.Rewind.Offset); // a session might begin within the gap after it
        driver.Advance(17_000);
        Assert.Equal(7, driver.Rewind.Offset);
    }

    [Fact]
    public void Samples_before_a_session_that_begins_soon_after_them_are_read_again_with_it()
    {
        var driver = new WindowDriver(Session("sessions", gap: 1, size: 60, lateness: 5));
        driver.Sample(10_000).Sample(11_500).Sample(12_300).Sample(13_100).Sample(13_900).Advance(19_899);
        Assert.Equal(0, driver.Rewind.Offset);
        driver.Advance(19_900);
        Assert.Equal(3, driver.Rewind.Offset);
    }

    [Fact]
    public void Late_samples_correct_a_session_once_for_all_of_them_or_take_it_back_until_its_later_end()
    {
        var driver = new WindowDriver(Session("sessions", gap: 1, size: 60, lateness: 5));
        driver.Sample(10_000).Sample(10_400).Advance(11_400);
        Assert.Equal([(11_400, 2, 4L)], Told(driver.Sample(10_200).Sample(10_300).Advance(11_401)));
        Assert.Equal([(11_400, 3, 0L)], Told(driver.Sample(10_350).Sample(10_900).Advance(11_402)));
        Assert.Empty(driver.Advance(11_899));
        Assert.Equal([(11_900, 1, 6L)], Told(driver.Advance(11_900)));
    }

    [Fact]
    public void Session_that_begins_before_all_is_whole_is_not_published_or_taken_back_once_a_late_sample_shows_it()
    {
        var window = Session("sessions", gap: 1, size: 60, lateness: 5);
        var since = new Dictionary<string, long> { [new WindowDefinition(window).Id] = 10_000 };
        var driver = new WindowDriver(new Progress("windows", 0, 0, Watermark.None, -1, -1, -1, since), window);
        Assert.Equal([(11_000, 1, 1L)], Told(driver.Sample(9500, labels: "host=a").Sample(10_000, labels: "host=b").Advance(11_000)));
        Assert.Equal([(11_400, 1, 1L)], Told(driver.Sample(10_400, labels: "host=c").Advance(11_400)));
        Assert.Equal([(11_400, 2, 2L)], Told(driver.Sample(10_000, labels: "host=c").Advance(11_401)));
        Assert.Equal([(11_400, 3, 0L)], Told(driver.Sample(9900, labels: "host=c").Advance(11_402)));
        Assert.Empty(driver.Advance(20_000));
    }

    [Fact]
    public void Session_that_later_samples_move_to_when_it_was_to_be_let_go_of_is_closed_once()
    {
        var driver = new WindowDriver(Session("sessions", gap: 1, size: 60, lateness: 5));
        Assert.Equal([(2000, 1, 1L)], Told(driver.Sample(1000).Advance(2000)));
        foreach (var time in new[] { 1900, 2800, 3700, 4600, 5500, 6000 }) driver.Sample(time);
        Assert.Equal([(2000, 2, 0L)], Told(driver.Advance(2900)));
        Assert.Equal([(7000, 1, 7L)], Told(driver.Advance(12_000)));
        Assert.Empty(driver.Advance(20_000));
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
    }

    private static IEnumerable<(long, int, long)> Told(IEnumerable<WindowResult> results) => results.Select(r => (r.End, r.Revision, r.Count));

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
