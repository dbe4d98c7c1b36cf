using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>Windows that are compared with the days before, of days that have 20 seconds.</summary>
public sealed class BaselineTests
{
    private const int Day = 20_000;
    private static readonly string[] Nodes = ["a", "b"];
    private static readonly WindowOptions Second = new() { Name = "second", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(1), Lateness = TimeSpan.FromSeconds(2) };

    private static readonly WindowOptions Long = LongWindows.Resolve(
    [
        Second, new() { Name = "long", Of = "second", Size = TimeSpan.FromSeconds(4), Slide = TimeSpan.FromSeconds(2), Statistics = Days(3) },
    ])[1];

    private readonly MergeDriver _merge = new(Long, Second, "a");

    [Fact]
    public void Window_is_compared_with_all_samples_that_it_had_on_the_days_before()
    {
        Assert.Null(Window(day: 0, 1, 1, 4).BaselineDays);
        Assert.Equal((2, 0.5, 1), Compared(Window(day: 1, 3)));
        Assert.Equal((2.25, 1, 2), Compared(Window(day: 2, 4.5)));
        Assert.Equal((2.7, -1, 3), Compared(Window(day: 3, 0)));
        Assert.Equal((2.5, 0, 3), Compared(Window(day: 4, 2.5)));
    }

    [Fact]
    public void Day_without_samples_is_none_to_compare_with()
    {
        Window(day: 0, 8);
        Assert.Equal((8, -0.5, 1), Compared(Window(day: 3, 4)));
        Assert.Equal((4, 0.25, 1), Compared(Window(day: 5, 5)));
        Assert.Null(Window(day: 9, 5).Baseline);
    }

    [Fact]
    public void Window_counts_as_it_was_corrected_last()
    {
        Window(day: 0, 8);
        _merge.Part("a", 4000, 2, "eu", 8, 12).Tick("a", 5500);
        Assert.Equal((10, -0.5, 1), Compared(Window(day: 1, 5)));
        _merge.Part("a", 4000 + Day, 2, "eu", 5, 25).Tick("a", 5500 + Day);
        Assert.Equal((10, 0.5, 1), Compared(_merge.Results.Last(r => r.End == 4000 + Day)));
    }

    [Fact]
    public void Groups_are_compared_with_themselves()
    {
        _merge.Part("a", 4000, 1, "eu", 8).Part("a", 4000, 1, "us", 2).Tick("a", 4000);
        _merge.Part("a", 4000 + Day, 1, "us", 3).Part("a", 4000 + Day, 1, "ap", 1).Part("a", 4000 + Day, 1, "eu", 4).Tick("a", 4000 + Day);
        Assert.Equal([("us", 2), ("ap", null), ("eu", 8)], _merge.Results.Where(r => r.End == 4000 + Day).Select(r => (r.Labels["region"]!, r.Baseline)));
    }

    [Fact]
    public void Windows_that_are_not_whole_are_not_compared_with()
    {
        _merge.Tick("a", 0, new Dictionary<string, long> { [_merge.WindowId] = 1000 });
        _merge.Part("a", 4000, 1, "eu", 8).Tick("a", 4000);
        Assert.Null(Window(day: 1, 5).Baseline);
        Assert.Equal(5, Window(day: 2, 5).Baseline);
    }

    [Fact]
    public void Nothing_is_published_where_there_is_only_a_past()
    {
        Window(day: 0, 8);
        _merge.Tick("a", 10 * Day);
        Assert.All(_merge.Results, r => Assert.InRange(r.End, 4000, 6000));
    }

    [Theory]
    [InlineData(0, 5, null)]
    [InlineData(-4, -2, 0.5)]
    [InlineData(-4, -6, -0.5)]
    [InlineData(double.Epsilon, 1, double.MaxValue)]
    [InlineData(double.MinValue, double.MaxValue, 1.0)]
    public void Change_is_finite_and_positive_where_there_is_more(double before, double now, double? change)
    {
        Window(day: 0, before);
        Assert.Equal((before, change, 1), Compared(Window(day: 1, now)));
    }

    [Fact]
    public void Parts_are_read_again_for_as_long_as_windows_to_come_are_compared_with_them()
    {
        Window(day: 0, 8);
        Window(day: 1, 8);
        _merge.Tick("a", 3 * Day + 7999); // the second of the two windows may be corrected until 2 s after its end
        Assert.Equal(0, _merge.Rewind.Offset);
        _merge.Tick("a", 3 * Day + 8000);
        Assert.Equal(2, _merge.Rewind.Offset);
        _merge.Tick("a", 4 * Day + 8000);
        Assert.Equal(7, _merge.Rewind.Offset); // nothing
        Assert.All(_merge.Books, b => Assert.Equal((0, 0), (b.Difference, b.Held)));
    }

    [Fact]
    public void Baselines_are_those_of_the_samples()
    {
        var (corrected, early) = (0, 0);
        Prop.ForAll(WindowInputs.Runs, run =>
        {
            var inputs = Inputs(run.Seed);
            var driver = Push(new MergeDriver(Long, Second, Nodes) { BatchSize = run.Batch }, inputs);
            WindowAssert.Equal(Contents(inputs), driver.Results);
            Assert.All(driver.Books, b => Assert.Equal(0, b.Difference));
            corrected += driver.Results.Count(r => r is { BaselineDays: 3, Revision: > 1 });
            early += driver.Results.Count(r => r.BaselineDays == 1);
        }).Check(15);
        Assert.True(corrected > 0 && early > 0, "Nothing special came of it, so it proves little.");
    }

    [Fact]
    public void Baselines_do_not_depend_on_how_the_input_is_cut() => Prop.ForAll(WindowInputs.Runs, run => Assert.Equal(
        Push(new MergeDriver(Long, Second, Nodes), Inputs(run.Seed)).Written,
        Push(new MergeDriver(Long, Second, Nodes) { BatchSize = run.Batch }, Inputs(run.Seed)).Written)).Check(10);

    [Fact]
    public void Results_have_the_same_bytes_in_whatever_order_the_parts_came() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        Assert.Equal(Last(inputs), Last(Shuffled(inputs, new Random(run.Batch))));

        static IEnumerable<string> Last(List<MergeInput> inputs) => Push(new MergeDriver(Long, Second, Nodes), inputs).Results
            .GroupBy(r => (r.End, r.Labels)).Select(g => System.Text.Json.JsonSerializer.Serialize(g.Last(), WireFormat.Records.WindowResult)).Order();
    }).Check(10);

    [Fact]
    public void Run_that_begins_at_a_rewind_point_writes_the_same_bytes()
    {
        var (left, compared) = (0L, 0);
        Prop.ForAll(WindowInputs.Runs, run =>
        {
            var inputs = Inputs(run.Seed);
            var at = inputs.Count * 4 / 5 + run.Batch % 50;
            var whole = Push(new MergeDriver(Long, Second, Nodes), inputs[..at]);
            var (progress, published) = (whole.Rewind.Progress("merge", 0, at - 1, -1), whole.Outputs.Count);
            var again = Push(new MergeDriver(progress, Long, Second, Nodes), inputs[(int)progress.RewindTo..]);
            Push(whole, inputs[at..]);
            Assert.Equal(whole.Written.Skip(published), again.Outputs.Zip(again.Written).Where(w => w.First.Cause >= at).Select(w => w.Second));
            (left, compared) = (left + progress.RewindTo, compared + whole.Outputs.Skip(published).Select(o => o.Payload).OfType<WindowResult>().Count(r => r.BaselineDays == 3));
        }).Check(10);
        Assert.True(left > Tries.Of(500) && compared > Tries.Of(100), $"{left} inputs were left out, and {compared} results compared, so this proves little.");
    }

    private WindowResult Window(int day, params double[] values) =>
        _merge.Part("a", day * Day + 4000, 1, "eu", values).Tick("a", day * Day + 4000).Single(r => r.End == day * Day + 4000);

    private static (double, double?, int) Compared(WindowResult result) => (result.Baseline!.Value, result.Change, result.BaselineDays!.Value);

    private static StatisticsOptions Days(int count) => new() { BaselinePeriod = TimeSpan.FromMilliseconds(Day), Baseline = TimeSpan.FromMilliseconds(Day) * count };

    private static MergeDriver Push(MergeDriver driver, IEnumerable<MergeInput> inputs)
    {
        foreach (var input in inputs)
        {
            if (input.Part is { } part) driver.Part(part);
            else driver.Tick(input.Node, input.Time);
        }
        driver.Flush();
        return driver;
    }

    private static IReadOnlyDictionary<WindowKey, BatchWindow> Contents(List<MergeInput> inputs)
    {
        var contents = new Dictionary<WindowKey, BatchWindow>();
        foreach (var (key, input) in inputs.Where(i => i.Part is not null).ToLookup(i => (i.Node, i.Time, i.Part!.Labels)).Select(g => (g.Key, g.MaxBy(i => i.Part!.Revision)!)))
            for (var end = (key.Time + 1999) / 2000 * 2000; end < key.Time + 4000; end += 2000)
            {
                var window = new WindowKey("long", "load.value", key.Labels.ToString(), end);
                if (!contents.TryGetValue(window, out var batch)) contents.Add(window, batch = new BatchWindow(Long, []));
                batch.Samples.AddRange(input.Values.Select(v => new BatchSample(key.Time - 1, v, new Dictionary<string, string>())));
            }
        return BatchWindow.Compared(contents);
    }

    /// <summary>Seven days of two nodes, as the first step writes them: parts, corrections of them, and promises, with which one node lets the other wait for whole days.</summary>
    private static List<MergeInput> Inputs(int seed)
    {
        var (random, maker) = (new Random(seed), new MergeDriver(Long, Second, Nodes));
        var inputs = new List<MergeInput>();
        var parts = new List<MergeInput>();
        for (var time = Day; time <= 8 * Day; time += 1000)
            foreach (var node in Nodes.Skip(random.Next(2)).Concat(Nodes).Take(2))
            {
                for (var region = random.Next(4) == 0 ? 3 : random.Next(2); region > 0; region--) Add(node, time, $"r{region}", 1, [random.Next(-5, 20)]);
                if (random.Next(3) == 0 && parts.LastOrDefault(p => p.Node == node && p.Time > time - 2000) is { } old)
                    Add(node, old.Time, old.Part!.Labels["region"]!, old.Part.Revision + 1, [.. old.Values, random.NextDouble()]);
                if (node == "a" || time / Day % 4 != 3 || random.Next(30) == 0) inputs.Add(new MergeInput(node, time, null, []));
            }
        inputs.AddRange(Nodes.Select(n => new MergeInput(n, 9 * Day, null, [])));
        return inputs;

        void Add(string node, long time, string region, int revision, double[] values)
        {
            parts.Add(new MergeInput(node, time, maker.PartOf(node, time, revision, region, values), values));
            inputs.Add(parts[^1]);
        }
    }

    /// <summary>Between two promises of any node the parts come in another order.</summary>
    private static List<MergeInput> Shuffled(List<MergeInput> inputs, Random random)
    {
        var shuffled = new List<MergeInput>();
        for (var from = 0; from < inputs.Count;)
        {
            var count = inputs.Skip(from).TakeWhile(i => i.Part is not null).Count();
            shuffled.AddRange(inputs.GetRange(from, count).OrderBy(_ => random.Next()));
            if (from + count < inputs.Count) shuffled.Add(inputs[from + count]);
            from += count + 1;
        }
        return shuffled;
    }

    /// <param name="Part">Null for a promise.</param>
    /// <param name="Values">Of the part.</param>
    private sealed record MergeInput(string Node, long Time, WindowResult? Part, double[] Values);
}
