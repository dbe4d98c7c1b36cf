using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Appends other ticks.</summary>
internal sealed class WrongTick(ILog log, Func<Tick, Tick> alter) : AlteredLog(log)
{
    protected override ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var copy = new RecordBatch();
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            if (!record.Key.SequenceEqual("tick"u8)) copy.Add(record.To, record.Key, record.Value);
            else copy.Add(record.To, record.Key, JsonSerializer.SerializeToUtf8Bytes(alter(JsonSerializer.Deserialize(record.Value, WireFormat.Records.Tick)!), WireFormat.Records.Tick));
        }
        return base.AppendAsync(writer, copy);
    }
}
