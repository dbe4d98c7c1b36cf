using System.Text;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Simulation.Tests;

/// <summary>Compares results with what a batch computation says: of windows that were there all the time, and of those that were not.</summary>
internal sealed class ResultCheck(World world, IReadOnlyList<WindowResult> results)
{
    public void Check(BatchWindows kept, BatchWindows added, BatchWindows removed)
    {
        WindowAssert.Equal(kept.Closed(), results.Where(r => world.Windows.Kept.Any(w => IsOf(r, w))));
        foreach (var window in world.Windows.Removed) CheckRemoved(window, removed);
        foreach (var window in world.Windows.Added) CheckAdded(window, added);
        Assert.All(results, r => Assert.Contains(world.Windows.Kept.Concat(world.Windows.Removed).Concat(world.Windows.Added), w => IsOf(r, w)));
    }

    /// <summary>What it published until it was taken away was in the log.</summary>
    private void CheckRemoved(WindowOptions window, BatchWindows batch)
    {
        var expected = batch.Closed();
        Assert.All(results.Where(r => IsOf(r, window)), r => Assert.InRange(r.Count, 1, expected[KeyOf(r)].Count));
    }

    /// <summary>
    /// It begins no later than it must, and from its first window on nothing is missing, in each partition. One that spans partitions is only
    /// looked at from where it must be: before that, the merge may publish it without the parts of a partition that has not begun with it.
    /// </summary>
    private void CheckAdded(WindowOptions window, BatchWindows batch)
    {
        var latest = world.Windows.ChangedAt!.Value + (long)(window.Gap ?? window.Slide ?? window.Size).TotalMilliseconds + 1;
        var spans = !window.By.Contains("*");
        var expected = batch.Closed().Where(c => c.Key.Window == window.Name).ToLookup(c => PartitionOf(window, c.Key.Labels));
        var published = results.Where(r => IsOf(r, window) && (!spans || r.Start >= latest)).ToLookup(r => PartitionOf(window, r.Labels.ToString()));
        for (var p = 0; p < world.Partitions; p++)
        {
            var first = Math.Min(latest, published[p].Select(r => r.Start).DefaultIfEmpty(latest).Min());
            WindowAssert.Equal(expected[p].Where(c => StartOf(window, c.Key, c.Value) >= first).ToDictionary(), published[p]);
        }
    }

    private int PartitionOf(WindowOptions window, string labels) =>
        window.By.Contains("*") ? Partitioner.Of(Encoding.UTF8.GetBytes(labels["host=".Length..labels.IndexOf(',', StringComparison.Ordinal)]), world.Partitions) : 0;

    private static bool IsOf(WindowResult result, WindowOptions window) =>
        result.Window == window.Name && (result.Kind is not null || result.End - result.Start == (long)window.Size.TotalMilliseconds);

    private static long StartOf(WindowOptions window, WindowKey key, BatchWindow contents) =>
        window.KindOrInferred == WindowKind.Session ? contents.Samples.Min(s => s.Time) : key.End - (long)window.Size.TotalMilliseconds;

    private static WindowKey KeyOf(WindowResult r) => new(r.Window, r.Metric, r.Labels.ToString(), r.End);
}
