using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>A record that a stage could not use, as it was, with the reason.</summary>
/// <param name="Reason">Why it was given up.</param>
/// <param name="Error">What was wrong with it, in words.</param>
/// <param name="Stage">The stage or sink that could not use it.</param>
/// <param name="Topic">The topic that it was in.</param>
/// <param name="Partition">The partition that it was in.</param>
/// <param name="Offset">Its place in that partition.</param>
/// <param name="Time">When the log took the record, Unix milliseconds.</param>
/// <param name="Key">The record's key, in Base64.</param>
/// <param name="Value">The record's value, in Base64.</param>
public sealed record DeadLetter(
    [property: JsonConverter(typeof(JsonStringEnumConverter<DropReason>))] DropReason Reason,
    string Error, string Stage, string Topic, int Partition, long Offset, long Time, byte[] Key, byte[] Value);
