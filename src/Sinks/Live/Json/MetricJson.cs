using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

internal static class MetricJson
{
    /// <summary>A metric with the series that the model holds of it.</summary>
    public static void Write(Utf8JsonWriter json, string metric, MetricInfo? known, IReadOnlyCollection<LiveSeries> series)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, metric);
        json.WriteString("unit"u8, known?.Unit ?? "");
        json.WriteString("description"u8, known?.Description ?? "");
        WriteTexts(json, "labels"u8, series.SelectMany(s => s.Labels).Select(l => l.Key));
        json.WriteNumber("series"u8, series.Select(s => s.Labels).Distinct().Count());
        WriteTexts(json, "windows"u8, series.Select(s => s.Window));
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts.Distinct().Order(StringComparer.Ordinal)) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
