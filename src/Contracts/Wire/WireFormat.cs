using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>JSON of every record but observations, which <see cref="ObservationWriter"/> writes.</summary>
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(WindowResult))]
[JsonSerializable(typeof(LateRecord))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(Progress))]
[JsonSerializable(typeof(MemberBeat))]
public sealed partial class WireFormat : JsonSerializerContext
{
    /// <summary>Only what JSON itself demands is escaped: records are read with <c>kcat | jq</c>, not inside a page.</summary>
    public static readonly WireFormat Records = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new LabelSetConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
