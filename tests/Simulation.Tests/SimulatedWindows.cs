using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>The windows of one history: those that are there all the time, and those that a change in the middle takes away and brings.</summary>
internal sealed class SimulatedWindows
{
    private readonly Random _random;

    public SimulatedWindows(Random random)
    {
        _random = random;
        var (series, all) = (Series("series"), All("all", "eu") with { Slide = null });
        Kept = LongWindows.Resolve([series, Hops("hops", 3, 8), all, Long("long", series), Long("long-all", all), Sessions("sessions"), Sliding("sliding")]);
        if (random.Next(5) > 0) return;
        Removed = [Hops("changed", 3, 5), All("removed", "us")];
        Added = [Hops("changed", 6, 8), All("added", "us"), Series("added-series"), Sessions("added-sessions"), Sliding("added-sliding")];
    }

    public IReadOnlyList<WindowOptions> Kept { get; }
    public IReadOnlyList<WindowOptions> Removed { get; } = [];
    public IReadOnlyList<WindowOptions> Added { get; } = [];

    /// <summary>
    /// What a stage that starts now computes. What stays comes first: a cut append counts outputs in the order of the windows, and would count
    /// wrong if one before those that stay were taken away.
    /// </summary>
    public IReadOnlyList<WindowOptions> Now => [.. Kept, .. ChangedAt is null ? Removed : Added];

    public bool WillChange => Added.Count > 0;

    /// <summary>Unix milliseconds: what was added is complete for windows that begin after this, however long the stages took to begin with it.</summary>
    public long? ChangedAt { get; set; }

    private WindowOptions Series(string name) => new() { Name = name, Metric = "load.*", Size = Seconds(1, 4), Lateness = Seconds(0, 3) };

    private WindowOptions Hops(string name, int least, int most) =>
        new() { Name = name, Metric = "load.value", By = ["region"], Size = Seconds(least, most), Slide = Seconds(1, 3), Lateness = Seconds(0, 4) };

    private WindowOptions All(string name, string region) => new()
    {
        Name = name, Metric = "load.value", By = [], Size = Seconds(2, 4), Slide = Seconds(1, 2), Lateness = Seconds(0, 2),
        Where = new Dictionary<string, string> { ["region"] = region },
        Statistics = new StatisticsOptions { StandardDeviation = true, Increase = true, Above = [0.5], Distinct = "host", Ewma = TimeSpan.FromSeconds(1) },
    };

    private WindowOptions Long(string name, WindowOptions of) => new() { Name = name, Of = of.Name, Size = of.Size * _random.Next(2, 5), Slide = of.Size, Lateness = Seconds(0, 4) };

    private WindowOptions Sessions(string name) =>
        new() { Name = name, Metric = "load.value", Gap = Seconds(1, 2), Size = Seconds(3, 10), Lateness = Seconds(0, 3), Sketch = false };

    private WindowOptions Sliding(string name) =>
        new() { Name = name, Metric = "load.value", Kind = WindowKind.Sliding, Size = Seconds(1, 4), Lateness = Seconds(0, 3), Sketch = false };

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(_random.Next(least, most + 1));
}
