using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>The progress of time as a record: <paramref name="Source"/> will send nothing older than <paramref name="Time"/>.</summary>
/// <param name="Source">The node that promises.</param>
/// <param name="Time">Event time, Unix milliseconds.</param>
/// <param name="Since">
/// On the topic of partial results: the windows that the node computes parts of, by definition, each with the event time from which its parts
/// are whole, Unix milliseconds. Absent where they are as in its tick before.
/// </param>
public sealed record Tick(
    string Source, long Time, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, long>? Since = null)
{
    /// <summary>The <c>kind</c> of a tick on the wire; no observation may carry it.</summary>
    public const string KindOfTick = "tick";

    /// <summary>Tells a tick from an observation.</summary>
    [JsonPropertyOrder(-1)]
    public string Kind { get; init; } = KindOfTick;
}
