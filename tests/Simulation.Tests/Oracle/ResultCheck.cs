using System.Text;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;
using Contents = System.Collections.Generic.IReadOnlyDictionary<Pipeline.Testing.WindowKey, Pipeline.Testing.BatchWindow>;

namespace Pipeline.Simulation.Tests;

/// <summary>Compares results with what a batch computation says: of windows that were there all the time, and of those that were not.</summary>
internal sealed class ResultCheck(World world, IReadOnlyList<WindowResult> results)
{
    public void Check(BatchWindows kept, ChangedWindows changed)
    {
        WindowAssert.Equal(kept.Closed(), results.Where(r => world.Windows.Kept.Any(w => IsOf(r, w))));
        foreach (var window in world.Windows.Removed) CheckRemoved(window, changed.Removed);
        foreach (var window in world.Windows.Added) CheckAdded(window, changed);
        foreach (var window in world.Windows.Added.IntersectBy(world.Windows.Removed.Select(w => w.Name), w => w.Name)) CheckSwitch(window, changed);
        foreach (var window in world.Windows.Kept.Concat(world.Windows.Removed).Concat(world.Windows.Added)) CheckBaselines(window);
        Assert.All(results, r => Assert.Contains(world.Windows.Kept.Concat(world.Windows.Removed).Concat(world.Windows.Added), w => IsOf(r, w)));
    }

    /// <summary>What was published last of the windows before says to the last bit what a window is compared with, whenever the windows came.</summary>
    private void CheckBaselines(WindowOptions window)
    {
        if (window.Statistics.Baseline is not { } baseline) return;
        var (period, reach) = ((long)window.Statistics.PeriodOrDay.TotalMilliseconds, (long)baseline.TotalMilliseconds);
        var last = results.Where(r => IsOf(r, window)).GroupBy(KeyOf).ToDictionary(g => g.Key, g => g.Last());
        foreach (var result in results.Where(r => IsOf(r, window)))
        {
            var (count, sum, days) = (0L, 0.0, 0);
            for (var end = result.End - reach; end < result.End; end += period)
                if (last.TryGetValue(KeyOf(result) with { End = end }, out var before)) (count, sum, days) = (count + before.Count, sum + before.Sum, days + 1);
            if ((result.Baseline, result.BaselineDays) != (days == 0 ? null : sum / count, days == 0 ? null : days))
                Assert.Fail($"{KeyOf(result)} has the baseline {result.Baseline} of {result.BaselineDays} days, and {days} days before it give {sum / count}.");
        }
    }

    /// <summary>What it published until it was taken away was in the log.</summary>
    private void CheckRemoved(WindowOptions window, Contents expected) =>
        Assert.All(results.Where(r => IsOf(r, window)), r => Assert.InRange(r.Count, 1, expected[KeyOf(r)].Count));

    /// <summary>
    /// It begins no later than it must, and from its first window on nothing is missing, in each partition. What it begins with before its
    /// partitions, or those of what it is made of, must have begun may hold samples that came too late when they came.
    /// </summary>
    private void CheckAdded(WindowOptions window, ChangedWindows changed)
    {
        var (latest, isOfEvents) = (LatestOf(window), window.KindOrInferred is WindowKind.Session or WindowKind.Sliding);
        var expected = changed.Added.Where(c => c.Key.Window == window.Name).ToLookup(c => PartitionOf(window, c.Key.Labels));
        var published = results.Where(r => IsOf(r, window)).ToLookup(r => PartitionOf(window, r.Labels.ToString()));
        for (var p = 0; p < world.Partitions; p++)
        {
            var first = published[p].Select(r => PlaceOf(window, r.Start, r.End)).DefaultIfEmpty(long.MaxValue).Min();
            var exact = isOfEvents ? Math.Min(first, latest + 1) : latest + 1;
            var early = published[p].Where(r => PlaceOf(window, r.Start, r.End) < exact).ToLookup(KeyOf);
            foreach (var (key, samples) in expected[p].Where(e => PlaceOf(window, e) >= first && PlaceOf(window, e) < exact))
                Assert.InRange(early[key].LastOrDefault()?.Count ?? 0, samples.Count, changed.Lenient[key].Count);
            Assert.All(early, result => Assert.True(changed.Lenient[result.Key].Count >= result.Last().Count && result.Select(r => r.Revision).SequenceEqual(Enumerable.Range(1, result.Count()))));
            // What they are compared with may lie before that, and is looked at by itself.
            WindowAssert.Equal(expected[p].Where(c => PlaceOf(window, c) >= exact).ToDictionary(c => c.Key, c => c.Value with { Before = null }), published[p].Where(r => PlaceOf(window, r.Start, r.End) >= exact));
        }
    }

    /// <summary>What lies after this is there and exact. What is rebuilt is told by its end, and what begins after everything seen by its start.</summary>
    private long LatestOf(WindowOptions window) =>
        world.Windows.BegunAt + (IsRebuilt(window) ? 0 : (long)(window.Gap ?? window.Slide ?? TimeSpan.Zero).TotalMilliseconds);

    private static bool IsRebuilt(WindowOptions window) => window.Of is null && window.KindOrInferred is WindowKind.Tumbling or WindowKind.Hopping;

    private static long PlaceOf(WindowOptions window, long start, long end) => IsRebuilt(window) ? end : start;

    private static long PlaceOf(WindowOptions window, KeyValuePair<WindowKey, BatchWindow> contents) =>
        PlaceOf(window, StartOf(window, contents.Key, contents.Value), contents.Key.End);

    /// <summary>
    /// Of a window that spans partitions and was changed: up to a boundary there are all ends of the old one, and then all of the new one.
    /// Corrections of the old one, of windows too that late samples alone are in, end with it.
    /// </summary>
    private void CheckSwitch(WindowOptions window, ChangedWindows changed)
    {
        var before = world.Windows.Removed.First(w => w.Name == window.Name);
        foreach (var region in new[] { "region=eu", "region=us" })
        {
            var (old, now) = (EndsOf(before, region), EndsOf(window, region));
            var boundary = old.DefaultIfEmpty(long.MinValue).Max();
            Assert.All(now, end => Assert.True(end > boundary, $"Both {window.Name} have published the end {end} of {region}."));
            var ends = changed.Prompt.Keys.Where(k => k.Window == window.Name && k.Labels == region).Select(k => k.End).ToList();
            Assert.Empty(ends.Where(end => end <= boundary).Except(old));
            // What the old one did not publish came after it.
            var next = ends.Where(end => end > boundary).DefaultIfEmpty(long.MaxValue).Min();
            Assert.Empty(changed.Added.Keys.Where(k => k.Window == window.Name && k.Labels == region && k.End >= next).Select(k => k.End).Except(now));
        }
    }

    private HashSet<long> EndsOf(WindowOptions window, string labels) =>
        [.. results.Where(r => IsOf(r, window) && r.Labels.ToString() == labels).Select(r => r.End)];

    private int PartitionOf(WindowOptions window, string labels) =>
        window.By.Contains("*") ? Partitioner.Of(Encoding.UTF8.GetBytes(labels["host=".Length..labels.IndexOf(',', StringComparison.Ordinal)]), world.Partitions)
        : Partitioner.Of(Encoding.UTF8.GetBytes(labels), world.Partitions);

    private static bool IsOf(WindowResult result, WindowOptions window) =>
        result.Window == window.Name && (result.Kind is not null || result.End - result.Start == (long)window.Size.TotalMilliseconds);

    private static long StartOf(WindowOptions window, WindowKey key, BatchWindow contents) =>
        window.KindOrInferred == WindowKind.Session ? contents.Samples.Min(s => s.Time) : key.End - (long)window.Size.TotalMilliseconds;

    private static WindowKey KeyOf(WindowResult r) => new(r.Window, r.Metric, r.Labels.ToString(), r.End);
}

/// <summary>What a batch computation says of windows that were taken away and brought.</summary>
/// <param name="Prompt">As <paramref name="Removed"/>, if they took no late sample.</param>
/// <param name="Lenient">As <paramref name="Added"/>, if no sample came too late for them.</param>
internal sealed record ChangedWindows(Contents Removed, Contents Prompt, Contents Added, Contents Lenient);
