using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>Further statistics of windows, sparse and dense, tumbling and hopping, corrected and not, are those of their samples, whatever way they came.</summary>
public sealed class StatisticWindowTests
{
    private static readonly StatisticsOptions Unordered =
        new() { StandardDeviation = true, Above = [1, -0.5, 1e6], Distinct = "zone", Ewma = TimeSpan.FromSeconds(2) };

    private static readonly WindowOptions[] Windows =
    [
        WindowTests.Window(10) with { Name = "tumbling", Statistics = Unordered with { Increase = true } },
        WindowTests.Window(12, slide: 2, lateness: 5) with { Name = "hopping", Statistics = Unordered with { Increase = true } },
        WindowTests.Window(24, slide: 8, lateness: 5) with { Name = "folded", By = [], Statistics = Unordered }, // more samples in a slice than are kept
        WindowTests.Window(7, slide: 3) with { Name = "uneven", By = [], Statistics = Unordered with { Increase = true } },
        WindowTests.Window(20) with { Name = "single", By = [], Statistics = Unordered },
        WindowTests.Window(30, slide: 1, lateness: 0) with { Name = "long", By = ["host"], Statistics = new() { Increase = true, Ewma = TimeSpan.FromMilliseconds(100) } },
    ];

    [Fact]
    public void Windows_have_the_statistics_of_their_samples() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        var driver = new WindowDriver(Windows) { BatchSize = run.Batch }.Push(inputs);
        WindowAssert.Equal(Contents(inputs, driver), driver.Results);
        Assert.Contains(driver.Results, r => r.Revision > 1);
        Assert.True(driver.Results.Min(r => r.Count) < 10 && driver.Results.Max(r => r.Count) > 300, "All windows are of a size, so this proves little.");
    }).Check(15);

    [Fact]
    public void Statistics_do_not_depend_on_how_the_input_is_cut() => Prop.ForAll(WindowInputs.Runs, run => WindowInputs.CheckCuts(Windows, Inputs(run.Seed), run.Batch))
        .Check(15);

    [Fact]
    public void Series_that_get_other_numbers_on_the_way_are_the_same_series() => Prop.ForAll(WindowInputs.Runs, run =>
        Assert.Equal(new WindowDriver(Windows).Push(Inputs(run.Seed)).Written, new WindowDriver(Windows).Push(Inputs(run.Seed), before: (d, i) => { if (i % run.Batch == run.Batch - 1) d.ForgetSeries(); }).Written))
        .Check(15);

    [Fact]
    public void Run_that_begins_at_a_rewind_point_writes_the_same_bytes() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        WindowInputs.CheckRewind(Windows, inputs, at: inputs.Count * 2 / 3 + run.Batch, least: 50);
    }).Check(15);

    [Fact]
    public void Window_that_asks_for_nothing_carries_nothing_further()
    {
        var result = new WindowDriver(WindowTests.Window(10)).Push(Inputs(1)).Written[^2];
        Assert.DoesNotContain("states", result, StringComparison.Ordinal);
        Assert.DoesNotContain("ewma", result, StringComparison.Ordinal);
    }

    [Fact]
    public void States_are_left_out_with_the_sketch_but_not_of_partial_results()
    {
        var window = WindowTests.Window(10) with { Sketch = false, Statistics = Unordered };
        var final = new WindowDriver(window).Sample(1000).Advance(10_000);
        Assert.Null(Assert.Single(final).States);
        var partial = new WindowDriver(null, spansPartitions: true, window).Sample(1000).Advance(10_000);
        Assert.Equal(["standardDeviation", "above", "distinct", "ewma"], Assert.Single(partial).States!.Keys);
    }

    [Fact]
    public void Groups_that_come_again_begin_anew()
    {
        var windows = new WindowDriver(WindowTests.Window(4, slide: 2) with { Statistics = new() { StandardDeviation = true, Increase = true } });
        windows.Sample(1000, 5).Sample(1500, 9).Advance(20_000);
        windows.Sample(21_000, 7, "host=b").Sample(21_500, 8, "host=b").Sample(21_600, 3).Advance(40_000);
        Assert.Equal([(0.5, 1.0), (0.0, 0.0)], windows.Results.Where(r => r.End == 24_000).OrderByDescending(r => r.Count).Select(r => (r.StandardDeviation!.Value, r.Increase!.Value)));
    }

    private static Dictionary<WindowKey, BatchWindow> Contents(List<WindowInput> inputs, WindowDriver driver)
    {
        var contents = new Dictionary<WindowKey, BatchWindow>();
        foreach (var result in driver.Results)
        {
            var missed = driver.Late.Where(l => l.Window == result.Window && l.MissedEnds.Contains(result.End)).Select(l => l.Offset).ToHashSet();
            var batch = new BatchWindow(Windows.Single(w => w.Name == result.Window), []);
            foreach (var (i, input) in inputs.Index())
                if (input.Labels is { } labels && input.Time >= result.Start && input.Time < result.End && !missed.Contains(i) && IsIn(result.Labels, labels))
                    batch.Samples.Add(new BatchSample(input.Time, input.Value, labels.Split(',').Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1])));
            contents[new WindowKey(result.Window, result.Metric, result.Labels.ToString(), result.End)] = batch;
        }
        return contents;
    }

    private static bool IsIn(LabelSet group, string labels) => group.All(l => labels.Split(',').Contains($"{l.Key}={l.Value}"));

    /// <summary>A sparse series, some dense ones of one host and one that comes and goes; counters that are reset, many texts, some samples late.</summary>
    private static List<WindowInput> Inputs(int seed)
    {
        var random = new Random(seed);
        var inputs = new List<WindowInput>();
        var counters = new double[200];
        for (long now = 100_000, watermark = 0; inputs.Count < 2500; now += random.Next(80))
        {
            var time = now - (random.Next(20) == 0 ? random.Next(9000) : random.Next(500));
            var zone = random.Next(10) == 0 ? random.Next(200) : random.Next(3);
            var labels = random.Next(20) switch { 0 => "host=a", < 8 when now / 8000 % 3 == 0 => $"host=d,zone=z{zone}", _ => $"host=c,zone=z{zone}" };
            counters[zone] = random.Next(20) == 0 ? random.Next(3) : counters[zone] + random.NextDouble() * 10;
            inputs.Add(new WindowInput(time, counters[zone] * (random.Next(50) == 0 ? -1 : 1), labels));
            if (random.Next(25) == 0) inputs.Add(new WindowInput(watermark = Math.Max(watermark, now - random.Next(2000)), 0, null));
        }
        inputs.Add(new WindowInput(1_000_000, 0, null));
        return inputs;
    }
}
