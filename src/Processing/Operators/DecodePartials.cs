using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Records to partial results and ticks.</summary>
public sealed class DecodePartials(string stage, LedgerAccount account) : RecordDecoder(stage, new SignalBatch(), account)
{
    protected override (DropReason Reason, string? Problem)? Read(in LogRecord record, SignalBatch output)
    {
        try
        {
            output.Add(Signal(record));
            return null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return (DropReason.Malformed, e.Message);
        }
    }

    private static Signal Signal(in LogRecord record)
    {
        if (record.Key.SequenceEqual("tick"u8))
        {
            var tick = JsonSerializer.Deserialize(record.Value, WireFormat.Records.Tick) ?? throw new JsonException("null is no tick");
            return new Signal(SignalKind.Tick, record.Offset, record.Time, tick.Time, tick);
        }
        var result = JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult) ?? throw new JsonException("null is no result");
        if (result.Node is null) throw new JsonException("a partial result names its node");
        return new Signal(SignalKind.Partial, record.Offset, record.Time, result.End, PartialResult.Of(result));
    }
}
