using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Promises what its sources have not.</summary>
internal sealed class EarlyTick(ILog log) : AlteredLog(log)
{
    private const long Early = 500;

    protected override ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var copy = new RecordBatch();
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            if (!record.Key.SequenceEqual("tick"u8)) copy.Add(record.To, record.Key, record.Value);
            else
            {
                var tick = JsonSerializer.Deserialize(record.Value, WireFormat.Records.Tick)!;
                copy.Add(record.To, record.Key, JsonSerializer.SerializeToUtf8Bytes(tick with { Time = tick.Time + Early }, WireFormat.Records.Tick));
            }
        }
        return base.AppendAsync(writer, copy);
    }
}
