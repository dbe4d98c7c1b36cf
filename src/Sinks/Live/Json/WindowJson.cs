using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

internal static class WindowJson
{
    public static void Write(Utf8JsonWriter json, LivePoint point)
    {
        json.WriteStartObject();
        json.WriteString("window"u8, point.Series.Window);
        json.WriteString("metric"u8, point.Series.Metric);
        json.WriteStartObject("labels"u8);
        foreach (var (name, text) in point.Series.Labels) json.WriteString(name, text);
        json.WriteEndObject();
        json.WriteString("start"u8, UnixTime.ToRfc3339(point.Start));
        json.WriteString("end"u8, UnixTime.ToRfc3339(point.End));
        json.WriteNumber("revision"u8, point.Revision);
        WriteValues(json, point);
        json.WriteStartObject("quantiles"u8);
        for (var i = 0; i < point.Quantiles.Length; i++) json.WriteNumber(point.Series.Ranks[i], point.Quantiles[i]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, LivePoint point)
    {
        json.WriteNumber("count"u8, point.Count);
        json.WriteNumber("sum"u8, point.Sum);
        json.WriteNumber("min"u8, point.Min);
        json.WriteNumber("max"u8, point.Max);
        json.WriteNumber("mean"u8, point.Mean);
        json.WriteNumber("first"u8, point.First);
        json.WriteNumber("last"u8, point.Last);
        if (point.Rate is { } rate) json.WriteNumber("rate"u8, rate);
        else json.WriteNull("rate"u8);
    }
}
