using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Host.Schemas;

/// <summary>
/// The JSON Schema of one record type as it is written, made from the contract of its serializer and the code's own comments. Fields that are not
/// in it are allowed: later versions may add some.
/// </summary>
internal static class RecordContract
{
    private static readonly CodeComments Comments = new(typeof(WireFormat).Assembly);

    // Observations are written by hand and have no contract among the others.
    private static readonly JsonSerializerOptions Records =
        new(WireFormat.Records.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(WireFormat.Records, new DefaultJsonTypeInfoResolver()) };
    private static readonly JsonSchemaExporterOptions Exporter =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete };

    public static JsonObject Of<T>()
    {
        var schema = Records.GetJsonSchemaAsNode(typeof(T), Exporter).AsObject();
        schema.Insert(0, "description", Comments.Of(typeof(T)));
        return schema;
    }

    private static JsonObject Complete(JsonSchemaExporterContext at, JsonNode node)
    {
        var type = at.TypeInfo.Type;
        var schema = type == typeof(LabelSet) ? Map("string") : type == typeof(IReadOnlyList<Measurement>) ? Map("number") : node.AsObject();
        schema.Remove("default");
        if (schema["type"] is JsonArray types) schema["type"] = types.First(t => t!.GetValue<string>() != "null")!.DeepClone(); // left out instead
        if (type == typeof(byte[])) schema["contentEncoding"] = "base64";
        if (schema["properties"] is not null) schema["required"] = new JsonArray([.. at.TypeInfo.Properties.Where(IsAlwaysWritten).Select(p => (JsonNode)p.Name)]);
        if (at.PropertyInfo?.AttributeProvider is MemberInfo property) schema.Insert(0, "description", Comments.Of(property));
        return schema;
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo property) => !property.AttributeProvider!.IsDefined(typeof(JsonIgnoreAttribute), inherit: false);

    private static JsonObject Map(string type) => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = type } };
}
