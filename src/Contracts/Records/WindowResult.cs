using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// The summary of one group of a window over [Start, End). The key is (Window, Metric, Labels, End); a higher revision replaces a lower one.
/// </summary>
public sealed record WindowResult
{
    public required string Window { get; init; }
    public required string Metric { get; init; }
    public required LabelSet Labels { get; init; }

    /// <summary>Unix milliseconds, inclusive.</summary>
    public required long Start { get; init; }

    /// <summary>Unix milliseconds, exclusive.</summary>
    public required long End { get; init; }

    /// <summary>1 for the first result, one more for each correction.</summary>
    public required int Revision { get; init; }

    public required long Count { get; init; }
    public required double Sum { get; init; }
    public required double Min { get; init; }
    public required double Max { get; init; }
    public required double Mean { get; init; }
    public required double First { get; init; }

    /// <summary>Event time of <see cref="First"/>, Unix milliseconds.</summary>
    public required long FirstTime { get; init; }

    public required double Last { get; init; }

    /// <summary>Event time of <see cref="Last"/>, Unix milliseconds.</summary>
    public required long LastTime { get; init; }

    /// <summary>(Last - First) per second between their times; absent where they are the same instant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rate { get; init; }

    /// <summary>By rank in (0, 1), for example <c>0.95</c>.</summary>
    public IReadOnlyDictionary<string, double> Quantiles { get; init; } = new Dictionary<string, double>();

    /// <summary>The encoded quantile sketch, so that anybody downstream can merge over places and times.</summary>
    public required byte[] Sketch { get; init; }

    /// <summary>On the topic of partial results, the partition this part was computed from; absent on a final result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }
}
