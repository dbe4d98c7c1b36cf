using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>A record as one line of JSON.</summary>
internal static class RecordLine
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    public static void Write(Utf8JsonWriter json, int partition, in LogRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("partition"u8, partition);
        json.WriteNumber("offset"u8, record.Offset);
        json.WriteString("key"u8, Encoding.UTF8.GetString(record.Key));
        json.WriteString("time"u8, UnixTime.ToRfc3339(record.Time));
        json.WritePropertyName("value"u8);
        WriteValue(json, record.Value);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> value)
    {
        if (!IsJson(value))
        {
            json.WriteStartObject();
            json.WriteBase64String("base64"u8, value);
            json.WriteEndObject();
        }
        else if (value.ContainsAny(LineBreaks))
        {
            json.WriteRawValue(OnOneLine(value), skipInputValidation: true);
        }
        else
        {
            json.WriteRawValue(value, skipInputValidation: true);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> value)
    {
        if (!Utf8.IsValid(value)) return false;
        try
        {
            var reader = new Utf8JsonReader(value);
            var any = false;
            while (reader.Read()) any = true;
            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>In JSON a line break can only stand where a space can.</summary>
    private static byte[] OnOneLine(ReadOnlySpan<byte> value)
    {
        var line = value.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
