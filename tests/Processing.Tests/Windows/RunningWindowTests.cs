using System.Globalization;
using System.Text.Json;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>Windows with few samples and many, moved on slice by slice, are what their samples make them, whatever way they came.</summary>
public sealed class RunningWindowTests
{
    private static readonly WindowOptions[] Windows =
    [
        WindowTests.Window(10) with { Name = "tumbling" },
        WindowTests.Window(12, slide: 2, lateness: 5) with { Name = "hopping" },
        WindowTests.Window(7, slide: 3) with { Name = "uneven", By = [] },
        WindowTests.Window(30, slide: 1, lateness: 0) with { Name = "long" },
    ];

    [Fact]
    public void Windows_do_not_depend_on_how_their_input_is_cut() => Prop.ForAll(WindowInputs.Runs, run => WindowInputs.CheckCuts(Windows, Inputs(run.Seed), run.Batch))
        .Check(40);

    [Fact]
    public void Run_that_begins_at_a_rewind_point_writes_the_same_bytes() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var inputs = Inputs(run.Seed);
        WindowInputs.CheckRewind(Windows, inputs, at: inputs.Count * 2 / 3 + run.Batch, least: 50);
    }).Check(40);

    [Fact]
    public void Last_revision_of_every_window_has_the_figures_of_its_samples()
    {
        for (var seed = 0; seed < Tries.Of(20); seed++)
        {
            var inputs = Inputs(seed);
            var driver = new WindowDriver(Windows).Push(inputs);
            var sizes = new HashSet<int>();
            foreach (var result in driver.Results.GroupBy(r => (r.Window, r.Labels, r.End)).Select(g => g.Last()))
            {
                var values = Contents(inputs, result, driver.Late).Order().ToArray();
                Check(values, result);
                sizes.Add(values.Length);
            }
            Assert.True(sizes.Min() < 10 && sizes.Max() > 300, "All windows are of a size, so this proves little.");
        }
    }

    [Fact]
    public void Order_in_which_groups_come_shows_in_no_result()
    {
        for (var seed = 0; seed < Tries.Of(30); seed++)
        {
            var random = new Random(seed);
            var (straight, shuffled) = (new WindowDriver(Windows) { BatchSize = 50 }, new WindowDriver(Windows) { BatchSize = 50 });
            for (var now = 10_000L; now < 60_000; now += 2000)
            {
                var hosts = 5 + (int)now / 200;
                var due = Enumerable.Range(0, random.Next(100))
                    .Select(i => new WindowInput(now - random.Next(5000) / 100 * 100 + i, random.Next(50), $"host=h{random.Next(hosts) * 7 % 307:d3}")).ToArray();
                straight.Push([.. due, new WindowInput(now, 0, null)]);
                random.Shuffle(due);
                shuffled.Push([.. due, new WindowInput(now, 0, null)]);
            }
            Assert.Equal(Texts(straight), Texts(shuffled));
            Assert.True(straight.Results.Select(r => r.Labels).Distinct().Count() > 100);
        }

        // corrections come in the order of the late samples
        static IEnumerable<string> Texts(WindowDriver driver) => driver.Results.Select(r => JsonSerializer.Serialize(r, WireFormat.Records.WindowResult)).Order(StringComparer.Ordinal);
    }

    private static void Check(double[] sorted, WindowResult result)
    {
        Assert.Equal(sorted.Length, result.Count);
        Assert.Equal((sorted[0], sorted[^1]), (result.Min, result.Max));
        Assert.Equal(sorted.Sum(), result.Sum, 1e-9 * sorted.Sum(Math.Abs));
        var (error, sketch) = (sorted.Length > QuantileSketch.ExactLimit ? 0.01 : 0, SketchEncoding.Decode(result.Sketch));
        Assert.Equal(sorted.Length, sketch.Count);
        foreach (var (name, value) in result.Quantiles)
        {
            var rank = double.Parse(name, CultureInfo.InvariantCulture);
            var exact = sorted[(int)(rank * (sorted.Length - 1))];
            Assert.InRange(value, exact - error * Math.Abs(exact), exact + error * Math.Abs(exact));
            Assert.Equal(Math.Clamp(sketch.Quantile(rank), result.Min, result.Max), value);
        }
    }

    private static IEnumerable<double> Contents(List<WindowInput> inputs, WindowResult result, IReadOnlyList<LateRecord> late)
    {
        var missed = late.Where(l => l.Window == result.Window && l.MissedEnds.Contains(result.End)).Select(l => l.Offset).ToHashSet();
        return inputs.Where((input, i) => input.Labels is not null && (result.Labels.Count == 0 || input.Labels == result.Labels.ToString())
            && input.Time >= result.Start && input.Time < result.End && !missed.Contains(i)).Select(i => i.Value);
    }

    /// <summary>One sparse group, one about as dense as what is kept exactly, one dense, and one that comes and goes, with more than is kept exactly; some samples late.</summary>
    private static List<WindowInput> Inputs(int seed)
    {
        var random = new Random(seed);
        var inputs = new List<WindowInput>();
        for (long now = 100_000, watermark = 0; inputs.Count < 4000; now += random.Next(40))
        {
            var time = now - (random.Next(20) == 0 ? random.Next(9000) : random.Next(500));
            var labels = random.Next(20) switch { 0 => "host=a", < 5 => "host=b", < 16 => time / 8000 % 3 == 0 ? "host=d" : "host=c", _ => "host=c" };
            var value = random.Next(30) == 0 ? 0 : Math.Exp(random.NextDouble() * 8 - 4) * (random.Next(9) == 0 ? -1 : 1);
            inputs.Add(new WindowInput(time, value, labels));
            if (random.Next(25) == 0) inputs.Add(new WindowInput(watermark = Math.Max(watermark, now - random.Next(2000)), 0, null));
        }
        inputs.Add(new WindowInput(1_000_000, 0, null));
        return inputs;
    }
}
