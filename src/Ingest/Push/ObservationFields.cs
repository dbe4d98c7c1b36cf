using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>The fields of one JSON observation as they were written; null where they were not.</summary>
internal sealed class ObservationFields
{
    public string? Kind { get; private set; }
    public string? Source { get; private set; }
    public string? Key { get; private set; }
    public long? Sequence { get; private set; }

    /// <summary>Unix milliseconds.</summary>
    public long? Time { get; private set; }

    public List<KeyValuePair<string, string>> Labels { get; } = [];
    public List<KeyValuePair<string, string>> Attributes { get; } = [];
    public List<Measurement> Values { get; } = [];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <returns>What is wrong, or null.</returns>
    /// <exception cref="JsonException">It is not JSON, or deeper than an observation is.</exception>
    public string? Read(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) return "not a JSON object";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Read(ref json, out var name) is { } wrongName) return wrongName;
            if (!_seen.Add(name)) return $"'{Excerpt.Of(name)}' is given twice";
            json.Read();
            if (ReadField(name, ref json) is { } wrong) return wrong;
        }
        json.Read();
        return null;
    }

    private string? ReadField(string name, ref Utf8JsonReader json)
    {
        string? text = null;
        var wrong = name switch
        {
            "kind" or "source" or "key" => JsonText.ReadNamed(name, ref json, out text),
            "time" => ReadTime(ref json),
            "sequence" => ReadSequence(ref json),
            "labels" => ReadTexts(name, ref json, Labels),
            "attributes" => ReadTexts(name, ref json, Attributes),
            "values" => ReadValues(ref json),
            _ => $"unknown field '{Excerpt.Of(name)}'; known are kind, time, source, sequence, labels, values, attributes, key",
        };
        if (name == "kind") Kind = text;
        if (name == "source") Source = text;
        if (name == "key") Key = text;
        return wrong;
    }

    private string? ReadTime(ref Utf8JsonReader json)
    {
        var wrong = JsonTime.Read(ref json, out var time);
        Time = time;
        return wrong;
    }

    private string? ReadSequence(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var sequence) || sequence < 0)
            return "'sequence' is not a whole number of at least 0";
        Sequence = sequence;
        return null;
    }

    private static string? ReadTexts(string field, ref Utf8JsonReader json, List<KeyValuePair<string, string>> texts)
    {
        if (json.TokenType != JsonTokenType.StartObject) return $"'{field}' is not an object of texts";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if ((JsonText.Read(ref json, out var name) ?? PointRules.CheckName(name)) is { } wrongName) return wrongName;
            json.Read();
            if (JsonText.ReadNamed(name, ref json, out var text) is { } wrong) return wrong;
            texts.Add(KeyValuePair.Create(name, text));
        }
        return null;
    }

    private string? ReadValues(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) return "'values' is not an object of numbers";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if ((JsonText.Read(ref json, out var name) ?? PointRules.CheckName(name)) is { } wrongName) return wrongName;
            json.Read();
            if (json.TokenType != JsonTokenType.Number) return $"the value '{Excerpt.Of(name)}' is not a number";
            if (!json.TryGetDouble(out var number) || !double.IsFinite(number)) return $"the value '{Excerpt.Of(name)}' is out of range";
            Values.Add(new Measurement(name, number));
        }
        return null;
    }
}
