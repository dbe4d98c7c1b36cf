namespace Pipeline.Sinks;

/// <summary>Which points are asked for.</summary>
/// <param name="From">The least end, Unix milliseconds.</param>
/// <param name="To">The greatest end, Unix milliseconds.</param>
/// <param name="Limit">The newest so many.</param>
public sealed record WindowQuery(
    string? Name = null, string? Metric = null, long From = long.MinValue, long To = long.MaxValue, int Limit = int.MaxValue)
{
    /// <summary>Labels and the texts they must have.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public bool Takes(LiveSeries series) =>
        (Name is null || Name == series.Window) &&
        (Metric is null || Metric == series.Metric) &&
        Labels.All(l => series.Labels[l.Key] == l.Value);
}
