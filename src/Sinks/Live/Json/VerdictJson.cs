using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

internal static class VerdictJson
{
    public static void Write(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("verdict"u8, Word(verdict.Health));
        json.WriteStartArray("reasons"u8);
        foreach (var reason in verdict.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("severity"u8, Word(reason.Severity));
            json.WriteString("about"u8, reason.About);
            json.WriteString("text"u8, reason.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (verdict.DataAgeSeconds is { } age) json.WriteNumber("dataAgeSeconds"u8, age);
        else json.WriteNull("dataAgeSeconds"u8);
        json.WriteString("time"u8, UnixTime.ToRfc3339(verdict.Time));
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Word(Health health) => health switch
    {
        Health.Healthy => "healthy"u8,
        Health.Degraded => "degraded"u8,
        Health.Unhealthy => "unhealthy"u8,
        _ => "unknown"u8,
    };
}
