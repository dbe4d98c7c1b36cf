using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>The windows of one history: those that are there all the time, and those that a change in the middle takes away and brings.</summary>
internal sealed class SimulatedWindows
{
    private readonly Random _random;

    public SimulatedWindows(Random random)
    {
        _random = random;
        Kept = [Series("series"), Hops("hops", 3, 8), All("all", "eu")];
        if (random.Next(5) > 0) return;
        Removed = [Hops("changed", 3, 5), All("removed", "us")];
        Added = [Hops("changed", 6, 8), All("added", "us"), Series("added-series")];
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
    public IReadOnlyList<WindowOptions> Now(int partition) => [.. Kept, .. Begun.ContainsKey(partition) ? Added : Removed];

    /// <summary>A stage builds its flow.</summary>
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
    };

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(_random.Next(least, most + 1));
}
