using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Host.Configuration;

/// <summary>How options records look in JSON: the one contract that the reader follows and the schema is made from.</summary>
internal static class OptionContract
{
    private static readonly JsonSerializerOptions Plain = Make();
    private static readonly JsonSerializerOptions Sizes = Make(new ByteSizeConverter<int>(), new ByteSizeConverter<long>());

    public static JsonTypeInfo For(Type type) => Plain.GetTypeInfo(type);

    /// <summary>A whole number whose name ends in <c>Bytes</c> is a byte size.</summary>
    public static JsonTypeInfo For(JsonPropertyInfo property) =>
        property.Name.EndsWith("Bytes", StringComparison.Ordinal) ? Sizes.GetTypeInfo(property.PropertyType) : For(property.PropertyType);

    private static JsonSerializerOptions Make(params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            Converters =
            {
                new DurationConverter(), new LabelSetConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutComputed } },
        };
        foreach (var converter in converters) options.Converters.Add(converter);
        return options;
    }

    private static void LeaveOutComputed(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.Set is null).ToList()) type.Properties.Remove(property);
    }
}
