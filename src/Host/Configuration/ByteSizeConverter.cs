using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Host.Configuration;

/// <summary>Recognises the converter of byte sizes whatever its number type.</summary>
internal interface IByteSizeConverter;

/// <summary>A number of bytes, as <see cref="ByteSize"/> text or as a plain number.</summary>
internal sealed class ByteSizeConverter<T> : JsonConverter<T>, IByteSizeConverter where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long bytes;
        var sound = reader.TokenType switch
        {
            JsonTokenType.String => ByteSize.TryParse(reader.GetString()!, out bytes),
            JsonTokenType.Number => reader.TryGetInt64(out bytes),
            _ => throw new JsonException(),
        };
        return sound && bytes >= 0 && bytes <= long.CreateChecked(T.MaxValue) ? T.CreateChecked(bytes) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var bytes = long.CreateChecked(value);
        if (ByteSize.Format(bytes) is { } text) writer.WriteStringValue(text);
        else writer.WriteNumberValue(bytes);
    }
}
