using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>How definitions are put side by side: what one of them does, or when it was added, shows in no other.</summary>
public sealed class ComputeWindowsTests
{
    private static readonly WindowOptions Old =
        new() { Name = "old", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(5), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(3) };

    private static readonly WindowOptions Added = Old with { Name = "added", Metric = "load.*", Size = TimeSpan.FromSeconds(8), Slide = TimeSpan.FromSeconds(4) };
    private static readonly WindowOptions[] Both = [Old, Added];

    [Fact]
    public void Window_that_is_rebuilt_is_as_if_it_had_always_been_and_the_other_does_not_notice()
    {
        var (expected, runs) = (0, 0);
        Prop.ForAll(WindowInputs.Runs, run =>
        {
            var (inputs, random) = (Inputs(run.Seed), new Random(run.Seed));
            var at = inputs.Count / 3 + random.Next(inputs.Count / 3);
            var before = new WindowDriver(Old).Push(inputs[..at]);
            var progress = Rebuilding(before.Rewind, at, from: 0, out var since);
            var after = new WindowDriver(progress, Both) { From = 0, BatchSize = run.Batch }.Push(inputs);
            Assert.Equal(Of(new WindowDriver(Old).Push(inputs), "old", at), Of(after, "old", at));
            var fresh = Of(new WindowDriver(Added).Push(inputs), "added", at, since);
            Assert.Equal(fresh, Of(after, "added", 0));
            (expected, runs) = (expected + fresh.Count, runs + 1);
        }).Check(60);
        Assert.True(expected > 20 * runs, "Hardly a result, so this proves little.");
    }

    [Fact]
    public void Rebuild_that_is_cut_off_begins_again_where_its_progress_says() => Prop.ForAll(WindowInputs.Runs, run =>
    {
        var (inputs, random) = (Inputs(run.Seed), new Random(run.Seed));
        var at = inputs.Count / 3 + random.Next(inputs.Count / 6);
        var progress = Rebuilding(new WindowDriver(Old).Push(inputs[..at]).Rewind, at, from: 0, out _);
        var whole = new WindowDriver(progress, Both) { From = 0 }.Push(inputs);
        var cut = at + random.Next(inputs.Count / 3);
        var first = new WindowDriver(progress, Both) { From = 0 }.Push(inputs[..cut]).Rewind;
        var second = first.Progress("windows", 0, cut - 1, -1);
        var from = first.Rebuilds is { Count: > 0 } rebuilds ? (int)Math.Min(first.Offset, rebuilds.Values.Min(r => r.From)) : (int)first.Offset;
        var again = new WindowDriver(second, Both) { From = from, BatchSize = run.Batch }.Push(inputs, from);
        foreach (var name in new[] { "old", "added" }) Assert.Equal(Of(whole, name, cut), Of(again, name, cut));
    }).Check(60);

    [Fact]
    public void What_is_read_again_for_a_window_is_new_to_it_and_to_no_other()
    {
        string[] ids = [IdOf(Old), IdOf(Added with { Name = "first" }), IdOf(Added with { Name = "second" })];
        var progress = new Progress("windows", 0, 5, new WatermarkRecord(20_000, []), 5, -1, 19_999, new Dictionary<string, long> { [ids[0]] = 0, [ids[1]] = 0, [ids[2]] = 13_000 })
        {
            Rebuilds = new Dictionary<string, Rebuild> { [ids[1]] = new(0, 6), [ids[2]] = new(0, 8) },
        };
        var driver = new WindowDriver(progress, Old, Added with { Name = "first" }, Added with { Name = "second" }) { From = 0 };
        foreach (var time in new[] { 13_000, 3000, 14_000, 14_000, 14_000, 19_500, 19_500, 3000, 3000 }) driver.Sample(time);

        var taken = driver.Books.ToDictionary(b => b.Name, b => b.In);
        Assert.Equal((4, 9, 6), (taken["window old"], taken["window first"], taken["window second"])); // from its rewind point on; all; all from its beginning on
        Assert.Equal([("old", 7L), ("old", 8L)], driver.Late.Select(l => (l.Window, l.Offset)));
        Assert.Equal(ids[1..].Order(), driver.Rewind.Rebuilds!.Keys.Order());
        Assert.Equal(19_999, driver.Rewind.MaxTime);
    }

    [Fact]
    public void Series_are_taken_by_the_windows_of_their_own_metric_whatever_they_are_numbered()
    {
        var ledger = new Ledger();
        using var windows = new ComputeWindows([.. new[] { "a", "b" }.Select(n => new WindowPlan(new WindowDefinition(Old with { Name = n, Metric = "load." + n }), false))], "n", null, ledger);
        Assert.Equal([2, 1], Taken(0, "a", "b", "a"));
        Assert.Equal([3, 3], Taken(3, "b", "b", "a"));

        IEnumerable<long> Taken(long offset, params string[] metrics)
        {
            var input = new SignalBatch();
            input.Begin(offset + metrics.Length);
            foreach (var metric in metrics) input.Add(new Sample(offset++, 1000, 1, input.Series.Add(new SeriesMetric("load." + metric, LabelSet.Of(("host", "a"))))));
            windows.Push(input);
            return ledger.Read().OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => e.In);
        }
    }

    [Fact]
    public void Change_is_told_with_the_first_watermark_after_it()
    {
        var definition = new WindowPlan(new WindowDefinition(Old), true);
        var since = new Dictionary<string, long> { [definition.Definition.Id] = 0 };
        foreach (var (changedAfter, told) in new (long?, long[])[] { (null, []), (6, [7]), (7, [8]), (99, []) })
        {
            var progress = new Progress("windows", 0, 5, new WatermarkRecord(1000, []), 6, -1, 1000, since) { ChangedAfter = changedAfter };
            using var windows = new ComputeWindows([definition], "n", progress, new Ledger());
            Assert.Equal(told, Named(windows, 5, 6, 7, 8, 9));
        }
        using var begun = new ComputeWindows([definition], "n", null, new Ledger());
        Assert.Equal([0], Named(begun, 0, 1));
        using var waits = new ComputeWindows([definition], "n", new Progress("windows", 0, 5, Watermark.None, 6, -1, -1, since), new Ledger());
        Assert.Equal([5], Named(waits, 5, 6));
    }

    [Fact]
    public void Rewind_point_says_what_was_reached_and_what_is_yet_to_be_told()
    {
        using var windows = new ComputeWindows([new WindowPlan(new WindowDefinition(Old), true)], "n", null, new Ledger());
        var input = new SignalBatch();
        input.Begin(1);
        var rewind = windows.Push(input).Rewind!;
        Assert.Equal((1L, long.MinValue, -1L, -1L), (rewind.Offset, rewind.Reached, rewind.MaxTime, rewind.ChangedAfter));
        input.Begin(2);
        input.Add(new Signal(SignalKind.Watermark, 1, 0, 7000, new WatermarkRecord(7000, [])));
        rewind = windows.Push(input).Rewind!;
        Assert.Equal((2L, 7000L, (long?)null), (rewind.Offset, rewind.Reached, rewind.ChangedAfter));
    }

    [Fact]
    public void What_a_run_held_at_its_end_is_no_longer_taken_in()
    {
        var ledger = new Ledger();
        var windows = new ComputeWindows([new WindowPlan(new WindowDefinition(Old), false)], "n", null, ledger);
        var input = new SignalBatch();
        input.Begin(2);
        input.Series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", "a"))));
        input.Add(new Sample(0, 1000, 1, 0));
        input.Add(new Sample(1, 2000, 1, 0));
        windows.Push(input);
        Assert.Equal((2L, 2L), (ledger.Read().Single().In, ledger.Read().Single().Held));
        windows.Dispose();
        Assert.Equal((0L, 0L, 0L), (ledger.Read().Single().In, ledger.Read().Single().Held, ledger.Read().Single().Difference));
    }

    [Fact]
    public void What_is_neither_sample_nor_watermark_passes_in_its_place()
    {
        using var windows = new ComputeWindows([new WindowPlan(new WindowDefinition(Old), false)], "n", null, new Ledger());
        var (input, letter) = (new SignalBatch(), new object());
        input.Begin(2);
        input.Add(new Signal(SignalKind.DeadLetter, 0, 0, 0, letter));
        input.Add(new Signal(SignalKind.Watermark, 1, 0, 5, new WatermarkRecord(5, [])));
        Assert.Equal([SignalKind.DeadLetter, SignalKind.Named, SignalKind.Watermark], windows.Push(input).Signals.ToArray().Select(s => s.Kind));
    }

    [Fact]
    public void Parts_of_a_long_window_are_whole_when_those_are_that_it_is_made_of()
    {
        var source = new WindowDefinition(Old with { Slide = null });
        var longer = new WindowDefinition(Old with { Name = "long", Of = "old", Size = TimeSpan.FromSeconds(50), Slide = null }, source);
        var plan = new WindowPlan(source, false) { PartOf = [longer] };
        foreach (var (of, own, expected) in new[] { (0, 0, 0), (20_000, 0, 20_000), (0, 30_000, 30_000) })
        {
            var since = new Dictionary<string, long> { [source.Id] = of, [longer.Id] = own };
            using var windows = new ComputeWindows([plan], "n", new Progress("windows", 0, 0, Watermark.None, -1, -1, -1, since), new Ledger());
            var input = new SignalBatch();
            input.Begin(0);
            Assert.Equal(expected, windows.Push(input).Rewind!.Since[longer.Id]);
        }
    }

    [Theory]
    [InlineData(false, "10 15 20 25 30 35 40 45 50 55; parts 30 40 50", "50 55; parts 50")]
    [InlineData(true, "; parts 10 15 20 25 30 35 40 45 50 55", "; parts 50 55")]
    public void Results_that_lie_end_to_end_are_parts_of_a_longer_window_once_more_unless_they_are_parts_already(bool spansPartitions, string ends, string corrected)
    {
        var source = new WindowDefinition(WindowTests.Window(10, slide: 5, lateness: 20));
        var longer = new WindowDefinition(WindowTests.Window(50) with { Name = "long", Of = "w" }, source);
        var longest = new WindowDefinition(WindowTests.Window(100) with { Name = "longest", Of = "w" }, source);
        var plan = new WindowPlan(source, spansPartitions) { PartOf = [longer, longest] };
        var since = new Dictionary<string, long> { [source.Id] = 0, [longer.Id] = 20_000, [longest.Id] = 40_000 };
        using var windows = new ComputeWindows([plan], "n", new Progress("windows", 0, 0, Watermark.None, -1, -1, -1, since), new Ledger());
        var input = new SignalBatch();
        input.Begin(12);
        input.Series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", "a"))));
        for (var i = 0; i < 10; i++) input.Add(new Sample(i, 1000 + 5000 * i, 1, 0));
        input.Add(new Signal(SignalKind.Watermark, 10, 0, 60_000, new WatermarkRecord(60_000, [])));
        Assert.Equal(ends, Ends(windows.Push(input)));

        input.Begin(14);
        input.Add(new Sample(12, 46_000, 1, 0));
        input.Add(new Signal(SignalKind.Watermark, 13, 0, 60_001, new WatermarkRecord(60_001, [])));
        Assert.Equal(corrected, Ends(windows.Push(input)));

        static string Ends(SignalBatch output)
        {
            var runs = output.Signals.ToArray().Select(s => s.Payload).OfType<ResultRun>().ToLookup(r => r.Node, r => r.End / 1000);
            return $"{string.Join(' ', runs[null])}; parts {string.Join(' ', runs["n"])}";
        }
    }

    /// <summary>The inputs with which a run tells that its windows were changed, of watermarks that come at these.</summary>
    private static List<long> Named(ComputeWindows windows, params long[] offsets)
    {
        var named = new List<long>();
        foreach (var offset in offsets)
        {
            var input = new SignalBatch();
            input.Begin(offset + 1);
            input.Add(new Signal(SignalKind.Watermark, offset, 0, 2000 + offset, new WatermarkRecord(2000 + offset, [])));
            named.AddRange(windows.Push(input).Signals.ToArray().Where(s => s.Kind == SignalKind.Named).Select(s => s.Cause));
        }
        return named;
    }

    private static Progress Rebuilding(RewindPoint rewind, int at, int from, out long since)
    {
        var definition = new WindowDefinition(Added);
        since = Math.Max(0, definition.Slicing.StartAtOrAfter(rewind.Reached!.Value - definition.Slicing.Size + 1));
        return rewind.Progress("windows", 0, at - 1, -1) with
        {
            Since = new Dictionary<string, long>(rewind.Since) { [definition.Id] = since },
            Rebuilds = new Dictionary<string, Rebuild> { [definition.Id] = new(from, at - 1) },
        };
    }

    private static string IdOf(WindowOptions window) => new WindowDefinition(window).Id;

    private static List<string> Of(WindowDriver driver, string window, int from, long since = long.MinValue) =>
        [.. driver.Outputs.Where(o => o.Cause >= from && o.Payload is WindowResult r && r.Window == window && r.Start >= since)
            .Select(o => $"{o.Cause} {System.Text.Json.JsonSerializer.Serialize((WindowResult)o.Payload!, WireFormat.Records.WindowResult)}")];

    private static List<WindowInput> Inputs(int seed)
    {
        var (random, inputs) = (new Random(seed), new List<WindowInput>());
        for (long i = 0, now = 20_000, watermark = 0; i < 300; i++, now += random.Next(300))
        {
            var isWatermark = i == 0 || random.Next(9) == 0;
            if (isWatermark) watermark = Math.Max(watermark, now - random.Next(3000));
            inputs.Add(isWatermark ? new(watermark, 0, null) : new(now - random.Next(random.Next(6) == 0 ? 9000 : 900), random.NextDouble(), $"host={random.Next(4)}"));
        }
        return inputs;
    }
}
