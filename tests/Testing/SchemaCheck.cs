using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipeline.Testing;

/// <summary>A JSON Schema validator of the words that our schemas use, without a package; it fails on a word that it does not know.</summary>
public static class SchemaCheck
{
    /// <summary>The same schema, but that no field beyond those it names is allowed.</summary>
    public static JsonNode Closed(JsonNode schema)
    {
        var closed = schema.DeepClone();
        Close(closed);
        return closed;
    }

    public static bool Accepts(JsonNode? schema, JsonNode? value) => schema switch
    {
        JsonObject rules => rules.All(rule => Holds(rules, rule.Key, rule.Value!, value)),
        _ => schema!.GetValue<bool>(),
    };

    private static bool Holds(JsonObject rules, string word, JsonNode rule, JsonNode? value) => word switch
    {
        "$schema" or "$id" or "$comment" or "title" or "description" or "default" or "contentEncoding" => true,
        "type" => rule is JsonArray types ? types.Any(t => IsOf(t!.GetValue<string>(), value)) : IsOf(rule.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "anyOf" => rule.AsArray().Any(schema => Accepts(schema, value)),
        "oneOf" => rule.AsArray().Count(schema => Accepts(schema, value)) == 1,
        "not" => !Accepts(rule, value),
        "pattern" => value is null || Kind(value) != JsonValueKind.String || Regex.IsMatch(value.GetValue<string>(), rule.GetValue<string>()),
        "minimum" => value is null || Kind(value) != JsonValueKind.Number || Number(value) >= Number(rule),
        "maximum" => value is null || Kind(value) != JsonValueKind.Number || Number(value) <= Number(rule),
        "minItems" => value is not JsonArray list || list.Count >= Number(rule),
        "maxItems" => value is not JsonArray list || list.Count <= Number(rule),
        "items" => value is not JsonArray list || list.All(item => Accepts(rule, item)),
        "required" => value is not JsonObject record || rule.AsArray().All(name => record.ContainsKey(name!.GetValue<string>())),
        "properties" => value is not JsonObject record || record.All(p => rule[p.Key] is not { } schema || Accepts(schema, p.Value)),
        "additionalProperties" => value is not JsonObject record || record.All(p => rules["properties"]?[p.Key] is not null || Accepts(rule, p.Value)),
        _ => throw new NotSupportedException($"The schema says '{word}', which this check does not know."),
    };

    private static void Close(JsonNode? schema)
    {
        if (schema is JsonArray several)
            foreach (var one in several) Close(one);
        if (schema is not JsonObject rules) return;
        foreach (var (_, rule) in rules.ToList()) Close(rule);
        if (rules["properties"] is JsonObject) rules.TryAdd("additionalProperties", false);
    }

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "integer" => Kind(value) == JsonValueKind.Number && Number(value!) % 1 == 0,
        "boolean" => Kind(value) is JsonValueKind.True or JsonValueKind.False,
        _ => Kind(value).ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
