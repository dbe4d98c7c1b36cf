using System.Text.Json;

namespace Pipeline.Processing;

/// <summary>Where in the bytes of a record the fields of an observation are, still as JSON.</summary>
internal ref struct Fields
{
    public ReadOnlySpan<byte> Kind, Source, Labels, Values;
    public long Time;

    /// <summary>-1 where there is none.</summary>
    public long Sequence;
    public bool IsTick;
    public string? Problem;

    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static Fields Of(ReadOnlySpan<byte> json)
    {
        var fields = new Fields { Sequence = -1 };
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return new Fields { Problem = "Not a JSON object." };
        var (timed, labelled, numbered) = (false, true, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
            {
                fields.Kind = Raw(ref reader, json, JsonTokenType.String);
                fields.IsTick = !fields.Kind.IsEmpty && reader.ValueTextEquals("tick"u8);
            }
            else if (reader.ValueTextEquals("time"u8)) timed = Whole(ref reader, out fields.Time);
            else if (reader.ValueTextEquals("source"u8)) fields.Source = Raw(ref reader, json, JsonTokenType.String);
            else if (reader.ValueTextEquals("sequence"u8)) numbered = Whole(ref reader, out fields.Sequence) && fields.Sequence >= 0;
            else if (reader.ValueTextEquals("labels"u8)) labelled = !(fields.Labels = Raw(ref reader, json, JsonTokenType.StartObject)).IsEmpty;
            else if (reader.ValueTextEquals("values"u8)) fields.Values = Raw(ref reader, json, JsonTokenType.StartObject);
            else reader.Skip();
        }
        reader.Read(); // throws where more than one value follows
        fields.Problem = fields.Missing(timed, labelled) ?? fields.WrongSequence(numbered);
        return fields;
    }

    private readonly string? Missing(bool timed, bool labelled) =>
        Kind.IsEmpty ? "The field 'kind' is missing or not a text."
        : !timed ? "The field 'time' is missing or not a whole number of Unix milliseconds."
        : IsTick && Source.IsEmpty ? "A tick has no 'source'."
        : !IsTick && Values.IsEmpty ? "The field 'values' is missing or not an object."
        : !IsTick && !labelled ? "The field 'labels' is not an object."
        : null;

    private readonly string? WrongSequence(bool numbered) =>
        IsTick ? null
        : !numbered ? "The field 'sequence' is not a whole number of at least 0."
        : Sequence >= 0 && Source.IsEmpty ? "It has a 'sequence' and no 'source' that counts it."
        : null;

    private static bool Whole(ref Utf8JsonReader reader, out long number)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt64(out number);
        reader.Skip();
        number = 0;
        return false;
    }

    /// <summary>The next value as it stands, or nothing where it is of another type.</summary>
    private static ReadOnlySpan<byte> Raw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, JsonTokenType type)
    {
        reader.Read();
        var (start, found) = ((int)reader.TokenStartIndex, reader.TokenType);
        reader.Skip();
        return found == type ? json[start..(int)reader.BytesConsumed] : default;
    }
}
