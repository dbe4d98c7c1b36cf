using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Rebuilding;

/// <summary>How far a rebuild is, what it came to, or why it came to nothing: one of the three. A line of JSON where it is sent.</summary>
/// <param name="Problem">With its remedy.</param>
/// <param name="Longer">Beside a summary, the windows that are put together from this one, whose past was not touched; null for none.</param>
internal sealed record RebuildAnswer(RebuildProgress? Progress = null, RebuildSummary? Summary = null, string? Problem = null, IReadOnlyList<string>? Longer = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>It was broken off, and why.</summary>
    public static RebuildAnswer Broken(string why) => new(Problem: $"{why} What was published is right and stays; run it again for the rest.");

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    /// <exception cref="JsonException">It is none.</exception>
    public static RebuildAnswer Read(string line) => JsonSerializer.Deserialize<RebuildAnswer>(line, Json) ?? throw new JsonException("null is no answer");
}
