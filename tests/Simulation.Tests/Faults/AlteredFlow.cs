using System.Reactive.Linq;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>A flow with something wrong behind it.</summary>
internal static class AlteredFlow
{
    /// <param name="alter">Made anew for every run: from the slice read last and what came of it, what is published.</param>
    public static Flow Altered(this Flow flow, Func<FlowStart, Func<LogSlice, OutputBatch, OutputBatch>> alter) => flow with
    {
        Build = (slices, start) =>
        {
            LogSlice? last = null;
            var altered = alter(start);
            return flow.Build(slices.Do(s => last = s), start).Select(batch => altered(last!, batch));
        },
    };

    /// <summary>The same outputs with another rewind point, and where <paramref name="takes"/> says so, without some of them.</summary>
    /// <param name="alter">What a final result says instead.</param>
    public static OutputBatch With(this OutputBatch batch, RewindPoint rewind, Func<TopicPartition, bool>? takes = null, Func<WindowResult, WindowResult>? alter = null)
    {
        var copy = new OutputBatch();
        copy.Begin(batch.NextOffset, rewind);
        var records = new RecordBatch();
        foreach (var (cause, outputs) in batch.Runs)
        {
            for (var i = 0; i < outputs.Count; i++, records.Clear())
            {
                outputs.Write(i, records);
                var record = records[0];
                if (takes?.Invoke(record.To) == false) continue;
                var value = alter is null || record.To.Topic != "windows" ? record.Value.ToArray()
                    : JsonSerializer.SerializeToUtf8Bytes(alter(JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!), WireFormat.Records.WindowResult);
                copy.Add(cause, record.To, record.Key.ToArray(), value);
            }
        }
        return copy;
    }
}
