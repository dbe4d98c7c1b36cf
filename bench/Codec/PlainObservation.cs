using System.Text.Json.Serialization;

namespace Pipeline.Bench.Codec;

/// <summary>An observation as one would declare it for the serializer.</summary>
public sealed record PlainObservation(string Kind, long Time, string Source, Dictionary<string, string> Labels, Dictionary<string, double> Values);

[JsonSerializable(typeof(PlainObservation))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class PlainFormat : JsonSerializerContext;
