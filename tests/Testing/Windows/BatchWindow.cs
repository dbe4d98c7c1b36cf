using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>What a window of one group holds.</summary>
/// <param name="Samples">In the order in which they came, within each partition.</param>
public sealed record BatchWindow(WindowOptions Options, List<BatchSample> Samples)
{
    public int Count => Samples.Count;
}

/// <param name="Time">Event time, Unix milliseconds.</param>
/// <param name="Labels">Of the series.</param>
public sealed record BatchSample(long Time, double Value, IReadOnlyDictionary<string, string> Labels)
{
    public string Series => string.Join(',', Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
}
