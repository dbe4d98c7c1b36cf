using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>What a window of one group holds.</summary>
/// <param name="Samples">In the order in which they came, within each partition.</param>
public sealed record BatchWindow(WindowOptions Options, List<BatchSample> Samples)
{
    public int Count => Samples.Count;

    /// <summary>Those that it is compared with, as far as they have samples, from the earliest on; null where it is not said.</summary>
    public IReadOnlyList<BatchWindow>? Before { get; init; } = [];

    /// <summary>The same contents, and what each of them is compared with.</summary>
    public static Dictionary<WindowKey, BatchWindow> Compared(IReadOnlyDictionary<WindowKey, BatchWindow> all) =>
        all.ToDictionary(c => c.Key, c => c.Value with { Before = [.. c.Value.Earlier(c.Key).Select(all.GetValueOrDefault).OfType<BatchWindow>()] });

    private IEnumerable<WindowKey> Earlier(WindowKey key)
    {
        if (Options.Statistics.Baseline is not { } baseline) yield break;
        for (var reach = baseline; reach > TimeSpan.Zero; reach -= Options.Statistics.PeriodOrDay) yield return key with { End = key.End - (long)reach.TotalMilliseconds };
    }
}

/// <param name="Time">Event time, Unix milliseconds.</param>
/// <param name="Labels">Of the series.</param>
public sealed record BatchSample(long Time, double Value, IReadOnlyDictionary<string, string> Labels)
{
    public string Series => field ??= string.Join(',', Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
}
