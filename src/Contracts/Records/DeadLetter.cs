using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>A record that a stage could not use, as it was, with the reason.</summary>
/// <param name="Time">When the log took the record, Unix milliseconds.</param>
/// <param name="Value">The record's bytes, in Base64.</param>
public sealed record DeadLetter(
    [property: JsonConverter(typeof(JsonStringEnumConverter<DropReason>))] DropReason Reason,
    string Error, string Stage, string Topic, int Partition, long Offset, long Time, byte[] Key, byte[] Value);
