using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Records to partial results and ticks. What cannot be read becomes a dead letter. Posts records to the account.</summary>
public sealed class DecodePartials(string stage, LedgerAccount account) : IOperator<LogSlice, SignalBatch>
{
    private readonly SignalBatch _output = new();

    public SignalBatch Push(LogSlice input)
    {
        _output.Begin(input.NextOffset);
        account.In(input.Count);
        for (var i = 0; i < input.Count; i++) Push(input.Partition, input[i]);
        account.Settle();
        return _output;
    }

    private void Push(TopicPartition from, in LogRecord record)
    {
        try
        {
            _output.Add(Read(record));
            account.Out(1);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            account.OnDropped(DropReason.Malformed, 1);
            _output.Add(DeadLetters.Of(DropReason.Malformed, e.Message, stage, from, record));
        }
    }

    private static Signal Read(in LogRecord record)
    {
        if (record.Key.SequenceEqual("tick"u8))
        {
            var tick = JsonSerializer.Deserialize(record.Value, WireFormat.Records.Tick) ?? throw new JsonException("null is no tick");
            return new Signal(SignalKind.Tick, record.Offset, record.Time, tick.Time, 0, tick);
        }
        var result = JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult) ?? throw new JsonException("null is no result");
        if (result.Node is null) throw new JsonException("a partial result names its node");
        return new Signal(SignalKind.Partial, record.Offset, record.Time, result.End, 0, new PartialResult(result, Summary.Of(result)));
    }
}
