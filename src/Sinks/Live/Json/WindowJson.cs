using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

internal static class WindowJson
{
    public static void Write(Utf8JsonWriter json, LivePoint point)
    {
        json.WriteStartObject();
        WriteFields(json, point);
        json.WriteEndObject();
    }

    public static void WriteFields(Utf8JsonWriter json, LivePoint point)
    {
        json.WriteString("window"u8, point.Series.Window);
        json.WriteString("metric"u8, point.Series.Metric);
        json.WriteStartObject("labels"u8);
        foreach (var (name, text) in point.Series.Labels) json.WriteString(name, text);
        json.WriteEndObject();
        json.WriteString("start"u8, UnixTime.ToRfc3339(point.Start));
        json.WriteString("end"u8, UnixTime.ToRfc3339(point.End));
        json.WriteNumber("revision"u8, point.Revision);
        WriteValues(json, point);
        if (point.Further is { } further) WriteFurther(json, further);
        json.WriteStartObject("quantiles"u8);
        for (var i = 0; i < point.Quantiles.Length; i++) json.WriteNumber(point.Series.Ranks[i], point.Quantiles[i]);
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

    private static void WriteFurther(Utf8JsonWriter json, WindowResult result)
    {
        if (result.StandardDeviation is { } deviation) json.WriteNumber("standardDeviation"u8, deviation);
        if (result.Increase is { } increase) json.WriteNumber("increase"u8, increase);
        if (result.IncreaseRate is { } rate) json.WriteNumber("increaseRate"u8, rate);
        if (result.Distinct is { } distinct) json.WriteNumber("distinct"u8, distinct);
        if (result.Ewma is { } mean) json.WriteNumber("ewma"u8, mean);
        if (result.Baseline is { } baseline) json.WriteNumber("baseline"u8, baseline);
        if (result.Change is { } change) json.WriteNumber("change"u8, change);
        if (result.BaselineDays is { } days) json.WriteNumber("baselineDays"u8, days);
        if (result.Above is not { } above) return;
        json.WriteStartObject("above"u8);
        foreach (var (threshold, share) in above) json.WriteNumber(threshold, share);
        json.WriteEndObject();
    }
}
