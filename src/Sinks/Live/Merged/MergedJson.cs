using System.Text.Json;
using Pipeline.Processing;

namespace Pipeline.Sinks;

internal static class MergedJson
{
    public static void Write(Utf8JsonWriter json, MergedResults merged)
    {
        json.WriteStartObject();
        json.WriteStartArray("groups"u8);
        foreach (var group in merged.Groups)
        {
            json.WriteStartObject();
            json.WriteNumber("results"u8, group.Parts);
            WindowJson.WriteFields(json, new LivePoint(new LiveSeries(group.Result), group.Result));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("leftOut"u8);
        json.WriteNumber("overlapping"u8, merged.LeftOut.Overlapping);
        json.WriteNumber("unlabelled"u8, merged.LeftOut.Unlabelled);
        json.WriteNumber("withoutSketch"u8, merged.LeftOut.WithoutSketch);
        json.WriteNumber("unreadable"u8, merged.LeftOut.Unreadable);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
