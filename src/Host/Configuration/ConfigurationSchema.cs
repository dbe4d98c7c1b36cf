using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Host.Configuration;

/// <summary>
/// JSON Schema 2020-12 of an options record, made from the contract that the reader follows. It refuses nothing that the reader takes;
/// ranges of durations and of sizes written as text, and what <c>IValidatableObject</c> checks, the reader alone holds.
/// </summary>
public static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Layout =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSchemaExporterOptions Exporter =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (at, node) => Complete(at.TypeInfo, node) };

    public static string For<T>() where T : class
    {
        var root = OptionContract.For(typeof(T)).GetJsonSchemaAsNode(Exporter).AsObject();
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root["properties"]!.AsObject().Insert(0, "$schema",
            new JsonObject { ["description"] = "Where this schema is, for editors.", ["type"] = "string" });
        return root.ToJsonString(Layout) + "\n";
    }

    private static JsonNode Complete(JsonTypeInfo type, JsonNode node)
    {
        if (type.Type == typeof(TimeSpan)) return new JsonObject { ["type"] = "string", ["pattern"] = Duration.Pattern };
        if (type.Type == typeof(TimeSpan?)) return new JsonObject { ["type"] = new JsonArray("string", "null"), ["pattern"] = Duration.Pattern };
        if (type.Type == typeof(LabelSet))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };
        if (type.Kind != JsonTypeInfoKind.Object || node is not JsonObject record || record["properties"] is not JsonObject written) return node;

        var properties = OptionProperty.Of(type);
        foreach (var property in properties) written[property.Name] = Complete(property, written[property.Name]);
        record.Remove("required");
        if (properties.Any(p => p.IsRequired))
            record["required"] = new JsonArray([.. properties.Where(p => p.IsRequired).Select(p => (JsonNode)p.Name)]);
        record["additionalProperties"] = false;
        return record;
    }

    private static JsonObject Complete(OptionProperty property, JsonNode? node)
    {
        var schema = property.Type.Converter is IByteSizeConverter ? Size() : node as JsonObject ?? [];
        foreach (var rule in property.Rules.OfWhole) SchemaRules.Apply(rule, property.Type, schema);
        foreach (var rule in property.Rules.OfElements)
            if ((schema["items"] ?? schema["additionalProperties"]) is JsonObject element)
                SchemaRules.Apply(rule, OptionContract.For(property.Type.ElementType!), element);
        schema.Insert(0, "description", property.Description);
        if (!property.IsRequired && property.Type.Kind != JsonTypeInfoKind.Object)
            schema["default"] = JsonSerializer.SerializeToNode(property.Default, property.Type);
        return schema;
    }

    private static JsonObject Size() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, new JsonObject { ["type"] = "string", ["pattern"] = ByteSize.Pattern }),
    };
}
