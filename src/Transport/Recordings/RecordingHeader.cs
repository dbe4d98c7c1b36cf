using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Transport.Recordings;

/// <summary>What a recording says of itself.</summary>
/// <param name="Product">The program that made it, with its version.</param>
/// <param name="Made">When, RFC 3339.</param>
/// <param name="Node">The node that made it.</param>
/// <param name="Prefix">What the names of the topics begin with.</param>
/// <param name="Topics">Blocks name their topic by its place in this list.</param>
/// <param name="Configuration">The program's, without secrets.</param>
public sealed record RecordingHeader(
    string Product, string Made, string Node, string Prefix, IReadOnlyList<RecordedTopic> Topics, JsonObject? Configuration)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It is none.</exception>
    internal static RecordingHeader Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<RecordingHeader>(json, Json) ?? throw new JsonException("null is no header");
}

/// <summary>A topic of which a recording holds records.</summary>
/// <param name="From">By partition, the offset from which on it was recorded.</param>
public sealed record RecordedTopic(string Name, IReadOnlyList<long> From);
