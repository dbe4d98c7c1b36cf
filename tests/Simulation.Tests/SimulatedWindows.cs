using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>The windows of one history: those that are there all the time, and those that a change in the middle takes away and brings.</summary>
internal sealed class SimulatedWindows
{
    private static readonly StatisticsOptions Statistics = new()
    {
        StandardDeviation = true, Increase = true, Above = [0.5], Distinct = "host", Ewma = TimeSpan.FromSeconds(1),
    };

    private readonly Random _random;

    public SimulatedWindows(Random random)
    {
        _random = random;
        var (series, all) = (Series("series"), All("all", "eu") with { Slide = null });
        Kept = LongWindows.Resolve([series, Hops("hops", 3, 8), all, Long("long", series), Long("long-all", all), Sessions("sessions") with { Statistics = Statistics }, Sliding("sliding")]);
        if (random.Next(5) > 0) return;
        var (removed, added, another) = (All("removed", "us") with { Slide = null }, All("added", "us") with { Slide = null }, Series("added-series"));
        Removed = LongWindows.Resolve([Hops("changed", 3, 5), removed, Long("removed-long", removed)]);
        Added =
        [
            .. LongWindows.Resolve([Hops("changed", 6, 8), All("added-hops", "us"), added, another, Long("added-long-all", added), Long("added-long-another", another)]),
            Sessions("added-sessions"), Sliding("added-sliding") with { Statistics = Statistics }, .. LongWindows.Resolve([series, Long("added-long", series)]).Skip(1),
        ];
    }

    public IReadOnlyList<WindowOptions> Kept { get; }
    public IReadOnlyList<WindowOptions> Removed { get; } = [];
    public IReadOnlyList<WindowOptions> Added { get; } = [];

    public bool WillChange => Added.Count > 0;

    /// <summary>
    /// By partition that computes the new windows, the latest event time in the log when it began to, Unix milliseconds; or the least number
    /// until it begins. Every window that was added and ends after it is whole.
    /// </summary>
    public Dictionary<int, long> Begun { get; } = [];

    /// <summary>Ends after this are there in every partition; Unix milliseconds.</summary>
    public long BegunAt => Begun.Values.Max();

    /// <summary>What a stage that starts now computes.</summary>
    public IReadOnlyList<WindowOptions> Now(int partition) => [.. Kept, .. IsChanged(partition) ? Added : Removed];

    public bool IsChanged(int partition) => Begun.ContainsKey(partition);

    /// <summary>With what those that stay have to give to them.</summary>
    public IReadOnlyList<WindowOptions> WithSources(IReadOnlyList<WindowOptions> windows) => [.. windows, .. Kept.Where(k => windows.Any(w => w.Of == k.Name))];

    /// <summary>Whether every partition computes the new windows, where there are any.</summary>
    public bool HaveBegun(int partitions) => !WillChange || Begun.Count == partitions && !Begun.ContainsValue(long.MinValue);

    /// <summary>A stage builds its flow with the new windows.</summary>
    /// <param name="latest">The latest event time in the log.</param>
    public void Begin(int partition, Func<long> latest)
    {
        if (Begun.TryGetValue(partition, out var begun) && begun == long.MinValue) Begun[partition] = latest();
    }

    private WindowOptions Series(string name) => new() { Name = name, Metric = "load.*", Size = Seconds(1, 4), Lateness = Seconds(0, 3) };

    private WindowOptions Hops(string name, int least, int most) =>
        new() { Name = name, Metric = "load.value", By = ["region"], Size = Seconds(least, most), Slide = Seconds(1, 3), Lateness = Seconds(0, 4) };

    private WindowOptions All(string name, string region) => new()
    {
        Name = name, Metric = "load.value", By = [], Size = Seconds(2, 4), Slide = Seconds(1, 2), Lateness = Seconds(0, 2),
        Where = new Dictionary<string, string> { ["region"] = region },
        Statistics = Statistics,
    };

    /// <summary>Compared with windows of some seconds before, as if those were days: longer than a window waits for late samples.</summary>
    private WindowOptions Long(string name, WindowOptions of)
    {
        var day = of.Size * _random.Next((int)Math.Ceiling(4 / of.Size.TotalSeconds), 5);
        return new()
        {
            Name = name, Of = of.Name, Size = of.Size * _random.Next(2, 5), Slide = of.Size, Lateness = Seconds(0, 4),
            Statistics = new StatisticsOptions { BaselinePeriod = day, Baseline = day * _random.Next(1, 4) },
        };
    }

    private WindowOptions Sessions(string name) =>
        new() { Name = name, Metric = "load.value", Gap = Seconds(1, 2), Size = Seconds(3, 10), Lateness = Seconds(0, 3), Sketch = false };

    private WindowOptions Sliding(string name) =>
        new() { Name = name, Metric = "load.value", Kind = WindowKind.Sliding, Size = Seconds(1, 4), Lateness = Seconds(0, 3), Sketch = false };

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(_random.Next(least, most + 1));
}
