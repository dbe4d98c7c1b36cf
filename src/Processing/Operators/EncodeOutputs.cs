using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Results, late records, dead letters and, where windows span partitions, this partition's ticks to records.</summary>
public sealed class EncodeOutputs(Topics topics, int partitions, string? tickAs, Progress? progress) : IOperator<SignalBatch, OutputBatch>
{
    private static readonly byte[] TickKey = "tick"u8.ToArray();

    private readonly ResultEncoder _encoder = new(partitions);
    private readonly OutputBatch _output = new();
    private long _ticked = progress?.AtRewind.Time ?? long.MinValue;

    public OutputBatch Push(SignalBatch input)
    {
        var rewind = input.Rewind!;
        _output.Begin(input.NextOffset, rewind);
        foreach (ref readonly var signal in input.Signals)
        {
            switch (signal.Payload)
            {
                case ResultRun run:
                    _output.Add(signal.Cause, new ResultOutputs(_encoder, run, run.Node is null ? topics.Windows : topics.Partials));
                    break;
                case LateRecord late:
                    Add(signal, topics.Late, Key(late.Labels), Json(late, WireFormat.Records.LateRecord));
                    break;
                case DeadLetter letter:
                    Add(signal, topics.DeadLetter, letter.Key, Json(letter, WireFormat.Records.DeadLetter));
                    break;
                case WatermarkRecord watermark:
                    AddTicks(signal, watermark.Time, rewind.Since);
                    break;
            }
        }
        return _output;
    }

    private void Add(in Signal signal, string topic, byte[] key, byte[] value) =>
        _output.Add(signal.Cause, new TopicPartition(topic, Partitioner.Of(key, partitions)), key, value);

    private void AddTicks(in Signal signal, long watermark, IReadOnlyDictionary<string, long> since)
    {
        if (tickAs is null || watermark <= _ticked) return;
        _ticked = watermark;
        var late = since.Where(s => s.Value > 0).ToDictionary();
        var tick = Json(new Tick(tickAs, watermark, late.Count == 0 ? null : late), WireFormat.Records.Tick);
        for (var partition = 0; partition < partitions; partition++)
            _output.Add(signal.Cause, new TopicPartition(topics.Partials, partition), TickKey, tick);
    }

    private static byte[] Key(LabelSet labels) => Encoding.UTF8.GetBytes(labels.ToString());

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
