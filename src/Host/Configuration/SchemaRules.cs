using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Pipeline.Host.Configuration;

/// <summary>Says in JSON Schema what a DataAnnotation says, as far as JSON Schema can.</summary>
internal static class SchemaRules
{
    public static void Apply(ValidationAttribute rule, JsonTypeInfo type, JsonObject schema)
    {
        switch (rule)
        {
            case RangeAttribute range:
                ApplyRange(range, type, schema);
                break;
            case RequiredAttribute when type.Type == typeof(string):
                schema.TryAdd("pattern", "\\S");
                break;
            case MinLengthAttribute min:
                schema["min" + Measure(type)] = min.Length;
                break;
            case MaxLengthAttribute max:
                schema["max" + Measure(type)] = max.Length;
                break;
            case LengthAttribute both:
                schema["min" + Measure(type)] = both.MinimumLength;
                schema["max" + Measure(type)] = both.MaximumLength;
                break;
            case RegularExpressionAttribute regex:
                schema["pattern"] = $"^(?:{regex.Pattern})$";
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(v => JsonValue.Create(v))]);
                break;
        }
    }

    // A bound on a number; on a duration or a size it goes into the words, since those are texts with a pattern.
    private static void ApplyRange(RangeAttribute rule, JsonTypeInfo type, JsonObject schema)
    {
        var range = new OptionRange(rule, type);
        if (schema["pattern"] is not null || schema["anyOf"] is not null)
        {
            schema["$comment"] = $"Use {range}.";
            return;
        }
        schema[rule.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = range.Min;
        if (range.HasMax) schema[rule.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = range.Max;
    }

    private static string Measure(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Enumerable => "Items",
        JsonTypeInfoKind.Dictionary => "Properties",
        _ => "Length",
    };
}
