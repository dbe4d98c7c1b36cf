using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipeline.Host.Tests.Configuration;

/// <summary>A JSON Schema validator of the words that our schemas use, without a package; it fails on a word that it does not know.</summary>
internal static class SchemaCheck
{
    public static bool Accepts(JsonNode? schema, JsonNode? value) => schema switch
    {
        JsonObject rules => rules.All(rule => Holds(rules, rule.Key, rule.Value!, value)),
        _ => schema!.GetValue<bool>(),
    };

    private static bool Holds(JsonObject rules, string word, JsonNode rule, JsonNode? value) => word switch
    {
        "$schema" or "$comment" or "description" or "default" => true,
        "type" => rule is JsonArray types ? types.Any(t => IsOf(t!.GetValue<string>(), value)) : IsOf(rule.GetValue<string>(), value),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "anyOf" => rule.AsArray().Any(schema => Accepts(schema, value)),
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

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "integer" => Kind(value) == JsonValueKind.Number && Number(value!) % 1 == 0,
        "boolean" => Kind(value) is JsonValueKind.True or JsonValueKind.False,
        _ => Kind(value).ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
