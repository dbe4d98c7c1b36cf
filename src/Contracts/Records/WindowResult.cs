using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// The summary of one group of a window over [<see cref="Start"/>, <see cref="End"/>). Its natural key is <see cref="Window"/>,
/// <see cref="Metric"/>, <see cref="Labels"/> and <see cref="End"/>; a higher <see cref="Revision"/> replaces a lower one.
/// One with the <see cref="Count"/> 0 takes the lower ones back.
/// </summary>
public sealed record WindowResult
{
    /// <summary>The name of the window in the configuration.</summary>
    public required string Window { get; init; }

    /// <summary>The metric, <c>kind.value</c>, with its unit in the name: <c>probe.ttfb_seconds</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The labels that the window groups by.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>
    /// <c>session</c> where a window begins with its first sample and ends with the silence after its last; absent where all windows of that name
    /// are equally long.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>Event time where the window begins, Unix milliseconds, inclusive.</summary>
    public required long Start { get; init; }

    /// <summary>Event time where the window ends, Unix milliseconds, exclusive.</summary>
    public required long End { get; init; }

    /// <summary>1 for the first result, one more for each correction.</summary>
    public required int Revision { get; init; }

    /// <summary>How many samples the window holds; 0 where there is no window with this end any more, since late samples joined a session to what came after it, or a rebuild has other ends: then all figures are 0. Else at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>The sum of the samples, in the unit of the metric.</summary>
    public required double Sum { get; init; }

    /// <summary>The smallest sample, in the unit of the metric.</summary>
    public required double Min { get; init; }

    /// <summary>The largest sample, in the unit of the metric.</summary>
    public required double Max { get; init; }

    /// <summary><see cref="Sum"/> / <see cref="Count"/>, or 0 where that is 0, in the unit of the metric.</summary>
    public required double Mean { get; init; }

    /// <summary>The earliest sample, in the unit of the metric.</summary>
    public required double First { get; init; }

    /// <summary>Event time of <see cref="First"/>, Unix milliseconds.</summary>
    public required long FirstTime { get; init; }

    /// <summary>The latest sample, in the unit of the metric.</summary>
    public required double Last { get; init; }

    /// <summary>Event time of <see cref="Last"/>, Unix milliseconds.</summary>
    public required long LastTime { get; init; }

    /// <summary>(<see cref="Last"/> - <see cref="First"/>) per second between their times, in the unit of the metric; absent where they are the same instant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rate { get; init; }

    /// <summary>By rank in (0, 1), for example <c>0.95</c>, in the unit of the metric, within the relative error that the window is configured for.</summary>
    public IReadOnlyDictionary<string, double> Quantiles { get; init; } = new Dictionary<string, double>();

    /// <summary>The encoded quantile sketch in Base64 (docs/sketch.md), so that anybody downstream can merge over places and times; empty where the window is configured without.</summary>
    public required byte[] Sketch { get; init; }

    /// <summary>The standard deviation of the samples (population), in the unit of the metric; absent unless the window asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StandardDeviation { get; init; }

    /// <summary>How much counters rose from their first to their last samples in the window, resets understood, summed over the series, in the unit of the metric; absent unless the window asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Increase { get; init; }

    /// <summary><see cref="Increase"/> per second of the window, in the unit of the metric; absent where <see cref="Increase"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? IncreaseRate { get; init; }

    /// <summary>By threshold, the share of the samples above it, 0 to 1; absent unless the window asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Above { get; init; }

    /// <summary>How many different texts the samples have under the label that the window names: exact up to 128, beyond with a standard error of 1.6 %; absent unless the window asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Distinct { get; init; }

    /// <summary>The mean in which the weight of a sample halves with every half-life of its age, over the samples of the window, in the unit of the metric; absent unless the window asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Ewma { get; init; }

    /// <summary>The mean of all samples that the same window had on earlier days (UTC), by the last revisions of its results, in the unit of the metric; absent unless the window asks for it, and where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Baseline { get; init; }

    /// <summary>(<see cref="Mean"/> - <see cref="Baseline"/>) / |<see cref="Baseline"/>|: 0.25 for a mean a quarter above it; absent where <see cref="Baseline"/> is absent or 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Change { get; init; }

    /// <summary>On how many of the earlier days there were samples, at least 1; absent where <see cref="Baseline"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BaselineDays { get; init; }

    /// <summary>By figure, the encoded state that it was computed from, in Base64 (docs/statistics.md), so that anybody downstream can merge it over places and times; absent where there is none, or the window is configured without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, byte[]>? States { get; init; }

    /// <summary>On the topic of partial results, the partition this part was computed from; absent on a final result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }
}
