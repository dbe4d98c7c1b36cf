using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Host.Schemas;

/// <summary>A record of each kind, as the program writes it.</summary>
internal static class RecordExample
{
    private const long Time = 1_767_225_600_000; // 2026-01-01T00:00:00Z
    private static readonly LabelSet Labels = LabelSet.Of(("target", "ipfs-gateway"), ("vantage", "eu"));

    private static readonly Dictionary<RecordKind, Func<JsonNode>> Examples = new()
    {
        [RecordKind.Observation] = Observation,
        [RecordKind.Partial] = () => Json(Result() with { Node = "windows-0" }, WireFormat.Records.WindowResult),
        [RecordKind.Window] = () => Json(Result(), WireFormat.Records.WindowResult),
        [RecordKind.Late] = () => Json(
            new LateRecord("probes", "probe.ttfb_seconds", Labels, Time + 58_000, 0.21, Time + 65_000, 4711, [Time + 60_000]), WireFormat.Records.LateRecord),
        [RecordKind.DeadLetter] = () => Json(
            new DeadLetter(DropReason.Malformed, "Not a JSON object.", "windows", "observations", 1, 42, Time, "eu"u8.ToArray(), "7"u8.ToArray()), WireFormat.Records.DeadLetter),
        [RecordKind.Progress] = () => Json(
            new Progress("windows", 0, 4000, new WatermarkRecord(Time, [new NodePromise("eu", Time, Time + 1002)]), 4711, -1, Time + 59_000, new Dictionary<string, long> { ["probes"] = 0 }),
            WireFormat.Records.Progress),
        [RecordKind.Member] = () => Json(new MemberBeat("eu-4f1c", "9be2", ["windows", "merge"]), WireFormat.Records.MemberBeat),
    };

    public static JsonNode Of(RecordKind kind) => Examples[kind]();

    private static JsonNode Observation()
    {
        using var writer = new ObservationWriter();
        return JsonNode.Parse(writer.Write(new Observation
        {
            Kind = "probe", Time = Time + 1000, Source = "eu", Key = "ipfs-gateway", Labels = Labels,
            Values = [new("success_ratio", 1), new("ttfb_seconds", 0.18)], Attributes = LabelSet.Of(("outcome", "success")),
        }))!;
    }

    private static WindowResult Result()
    {
        var sketch = new QuantileSketch(6);
        foreach (var value in new[] { 0.25, 0.5 }) sketch.Add(value);
        return new WindowResult
        {
            Window = "probes", Metric = "probe.ttfb_seconds", Labels = Labels, Start = Time, End = Time + 60_000, Revision = 1,
            Count = 2, Sum = 0.75, Min = 0.25, Max = 0.5, Mean = 0.375, First = 0.25, FirstTime = Time + 1000, Last = 0.5, LastTime = Time + 31_000,
            Rate = 0.25 / 30, Quantiles = new Dictionary<string, double> { ["0.5"] = 0.25, ["0.95"] = 0.25 }, Sketch = SketchEncoding.Encode(sketch),
        };
    }

    private static JsonNode Json<T>(T record, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(record, type)!;
}
