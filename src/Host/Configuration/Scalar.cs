using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Host.Configuration;

/// <summary>Values that are neither records nor collections.</summary>
internal static class Scalar
{
    private const int Shown = 40;

    public static bool TryRead(JsonElement json, JsonTypeInfo type, out object? value)
    {
        value = null;
        if (Words(type) is { } words && !(json.ValueKind == JsonValueKind.String && words.Contains(json.GetString()))) return false;
        try
        {
            value = json.Deserialize(type);
            return value is not double number || double.IsFinite(number);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What the place takes, and how to write it.</summary>
    public static (string What, string Remedy) Expected(JsonElement json, JsonTypeInfo type)
    {
        var plain = Plain(type);
        if (Words(type) is { } words)
            return ($"one of {string.Join(", ", words)}", Guess.DidYouMean(json.ToString(), words));
        if (type.Converter is IByteSizeConverter) return ("a size", "Write it like \"32MiB\" or 1048576 (units KiB, MiB, GiB, TiB).");
        if (plain == typeof(TimeSpan)) return ("a duration", "Write it like \"60s\", \"1h30m\" or \"500ms\" (units d, h, m, s, ms).");
        if (plain == typeof(LabelSet)) return ("an object of texts", "Write it like { \"region\": \"eu\" }.");
        if (plain == typeof(string)) return ("a text", "Put it in quotes.");
        if (plain == typeof(bool)) return ("true or false", "Write true or false, without quotes.");
        if (plain == typeof(double)) return ("a number", "Write a number without quotes.");
        if (plain == typeof(int) || plain == typeof(long)) return ("a whole number", "Write a whole number without quotes, such as 8.");
        return ($"a {plain.Name}", "See its description in the schema.");
    }

    /// <summary>The value as it was written, cut where it is long.</summary>
    public static string Show(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => json.GetRawText() is { Length: > Shown } text ? text[..Shown] + "…" : json.GetRawText(),
    };

    private static IReadOnlyList<string>? Words(JsonTypeInfo type)
    {
        if (!Plain(type).IsEnum) return null;
        var contract = OptionContract.For(Plain(type));
        return [.. Enum.GetValues(Plain(type)).Cast<object>().Select(word => JsonSerializer.SerializeToElement(word, contract).GetString()!)];
    }

    private static Type Plain(JsonTypeInfo type) => Nullable.GetUnderlyingType(type.Type) ?? type.Type;
}
