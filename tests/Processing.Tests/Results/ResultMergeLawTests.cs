using System.Text.Json;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>Results merged over places and times say what one window over all their samples would say.</summary>
public sealed class ResultMergeLawTests
{
    private static readonly StatisticsOptions Statistics =
        new() { StandardDeviation = true, Increase = true, Above = [1, -0.5, 1e6], Distinct = "zone", Ewma = TimeSpan.FromSeconds(2) };

    private static readonly WindowOptions[] Windows =
    [
        Window("tumbling", 4) with { Statistics = Statistics with { Increase = false } },
        Window("hopping", 6, slide: 2) with { Statistics = Statistics with { Increase = false } },
        Window("session", 60) with { Kind = WindowKind.Session, Gap = TimeSpan.FromSeconds(0.7) },
        Window("sliding", 3) with { Kind = WindowKind.Sliding },
    ];

    [Fact]
    public void Merged_results_have_the_figures_of_all_samples()
    {
        var corrected = Windows.ToDictionary(w => w.Name, _ => 0);
        Prop.ForAll(WindowInputs.Runs, run =>
        {
            var inputs = Inputs(run.Seed);
            foreach (var window in Windows)
            {
                var results = Results(inputs, run.Batch, window);
                Check(window, inputs, results, []);
                Check(window, inputs, results, ["region"]);
                Check(window, inputs, results, ["host", "region"]);
                corrected[window.Name] += results.Count(r => r.Revision > 1);
            }
        }).Check(15);
        Assert.All(corrected.Values, count => Assert.True(count > 0, "Nothing was corrected, so this proves little."));
    }

    [Fact]
    public void Increase_over_times_counts_what_lies_between_windows() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        var window = Window("counters", 4) with { By = ["*"], Statistics = new() { Increase = true } };
        var covered = inputs.Where(i => i.Labels is not null).Select(i => i.Time / 4000).Distinct().Count() * 4;
        Check(window with { Size = TimeSpan.FromSeconds(covered) }, inputs, Results(inputs, run.Batch, window), []);
    }).Check(15);

    [Fact]
    public void Neither_order_nor_repetition_of_results_matters() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        foreach (var window in Windows)
        {
            var results = Results(Inputs(run.Seed), run.Batch, window);
            var shuffled = results.Concat(results).ToArray();
            new Random(run.Seed).Shuffle(shuffled);
            Assert.Equal(Written(Merged(window, results, ["region"])), Written(Merged(window, shuffled, ["region"])));
        }
    }).Check(15);

    [Fact]
    public void Merging_what_was_merged_is_merging_at_once() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        var results = Results(inputs, run.Batch, Windows[0]);
        Check(Windows[0], inputs, [.. Merged(Windows[0], results, ["host", "region"]).Groups.Select(g => g.Result)], []);
    }).Check(15);

    /// <summary>Groups that lack a label are left out and counted; nothing else is, but what overlaps.</summary>
    private static void Check(WindowOptions window, List<WindowInput> inputs, IReadOnlyList<WindowResult> results, string[] by)
    {
        var merged = Merged(window, results, by);
        var samples = inputs.Where(i => i.Labels is not null).Select(i => new BatchSample(i.Time, i.Value, i.Labels!.Split(',').Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1])));
        var expected = new Dictionary<WindowKey, BatchWindow>();
        foreach (var group in samples.GroupBy(s => LabelSet.Of([.. by.Select(b => (b, s.Labels[b]))])))
        {
            var end = merged.Groups.First(g => g.Result.Labels.Equals(group.Key)).Result.End;
            expected.Add(new WindowKey(window.Name, "load.value", group.Key.ToString(), end), new BatchWindow(window, [.. group]));
        }
        WindowAssert.Equal(expected, merged.Groups.Select(g => g.Result with { Kind = null }));
        Assert.Equal((0, 0, 0), (merged.LeftOut.Unlabelled, merged.LeftOut.WithoutSketch, merged.LeftOut.Unreadable));
        Assert.Equal(window.KindOrInferred is WindowKind.Hopping or WindowKind.Sliding, merged.LeftOut.Overlapping > 0);
    }

    private static MergedResults Merged(WindowOptions window, IEnumerable<WindowResult> results, string[] by)
    {
        var merge = new ResultMerge(new MergeQuery(window.Name, by), most: int.MaxValue);
        foreach (var result in results) Assert.True(merge.Add(result));
        return merge.Merge();
    }

    private static IEnumerable<string> Written(MergedResults merged) =>
        merged.Groups.Select(g => JsonSerializer.Serialize(g.Result, WireFormat.Records.WindowResult)).Append(merged.LeftOut.ToString());

    private static IReadOnlyList<WindowResult> Results(List<WindowInput> inputs, int batch, WindowOptions window)
    {
        var driver = new WindowDriver(window) { BatchSize = batch }.Push(inputs);
        Assert.Empty(driver.Late);
        return driver.Results;
    }

    private static WindowOptions Window(string name, int size, int slide = 0) =>
        WindowTests.Window(size, slide, lateness: 10) with { Name = name, By = ["host", "region"] };

    /// <summary>Five places, one of which is seldom heard; some samples late, so that there are corrections; counters that are reset.</summary>
    private static List<WindowInput> Inputs(int seed)
    {
        var random = new Random(seed);
        var inputs = new List<WindowInput>();
        var counters = new double[5];
        for (long now = 100_000, watermark = 0; inputs.Count < 1500; now += random.Next(40))
        {
            var place = random.Next(30) == 0 ? 4 : random.Next(4);
            var time = now - (random.Next(20) == 0 ? random.Next(6000) : 0);
            counters[place] = random.Next(20) == 0 ? random.Next(3) : counters[place] + random.NextDouble() * 10;
            inputs.Add(new WindowInput(time, counters[place], $"host=h{place},region={(place % 2 == 0 ? "eu" : "us")},zone=z{place % 3}"));
            if (random.Next(25) == 0) inputs.Add(new WindowInput(watermark = Math.Max(watermark, now - random.Next(2000)), 0, null));
        }
        inputs.Add(new WindowInput(1_000_000, 0, null));
        return inputs;
    }
}
