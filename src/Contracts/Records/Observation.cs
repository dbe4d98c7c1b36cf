using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>One measured fact, stamped with when it happened. The one record shape of every source.</summary>
public sealed record Observation
{
    /// <summary>Names the stream: <c>probe</c>, <c>hardware</c>, <c>chain</c>, or the measurement of a pushed point.</summary>
    public required string Kind { get; init; }

    /// <summary>Event time in Unix milliseconds.</summary>
    public required long Time { get; init; }

    /// <summary>The node or vantage point that saw it.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// At least 0, and another one for every observation of the source, rising through its restarts too: one that comes again is a duplicate,
    /// and so is one 1,024 or more below the highest. Absent where the source does not count.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }

    /// <summary>The observed entity (host, target, contract), not the observer: all views of one entity meet in one partition.</summary>
    public required string Key { get; init; }

    /// <summary>What identifies the series within its kind. Low cardinality.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>Finite numbers, with the unit in the name. A metric is named <c>kind.value</c>.</summary>
    public required IReadOnlyList<Measurement> Values { get; init; }

    /// <summary>Text that is no label: an error, a hash, a remote address. Absent where there is none.</summary>
    public LabelSet Attributes { get; init; } = LabelSet.Empty;
}
