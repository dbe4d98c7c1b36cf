using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Results, late records, dead letters and, where windows may span partitions, this partition's ticks to records.</summary>
public sealed class EncodeOutputs(Topics topics, int partitions, PartialTicks? ticks, Progress? progress) : IOperator<SignalBatch, OutputBatch>
{
    private const long Minute = 60_000;
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
                    Add(signal, topics.Late, late.Labels.ToUtf8(), Json(late, WireFormat.Records.LateRecord));
                    break;
                case DeadLetter letter:
                    Add(signal, topics.DeadLetter, letter.Key, Json(letter, WireFormat.Records.DeadLetter));
                    break;
                case WatermarkRecord watermark:
                    Tick(signal, watermark.Time, rewind.Since);
                    break;
                case null when signal.Kind == SignalKind.Named && ticks is not null:
                    AddTick(signal, Math.Max(_ticked, 0), ticks.Named(rewind.Since));
                    break;
            }
        }
        return _output;
    }

    private void Add(in Signal signal, string topic, byte[] key, byte[] value) =>
        _output.Add(signal.Cause, new TopicPartition(topic, Partitioner.Of(key, partitions)), key, value);

    /// <summary>Names the windows in the first tick of each minute, for whoever has lost the last such tick.</summary>
    private void Tick(in Signal signal, long watermark, IReadOnlyDictionary<string, long> since)
    {
        if (ticks is not { Windows.Count: > 0 } || watermark <= _ticked) return;
        var isNewMinute = _ticked < 0 || watermark / Minute > _ticked / Minute;
        _ticked = watermark;
        AddTick(signal, watermark, isNewMinute ? ticks.Named(since) : null);
    }

    private void AddTick(in Signal signal, long time, IReadOnlyDictionary<string, long>? named)
    {
        var tick = Json(new Tick(ticks!.Node, time, named), WireFormat.Records.Tick);
        for (var partition = 0; partition < partitions; partition++)
            _output.Add(signal.Cause, new TopicPartition(topics.Partials, partition), TickKey, tick);
    }

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}

/// <summary>Under what name a partition promises, and which windows it has parts of, by id.</summary>
public sealed record PartialTicks(string Node, IReadOnlyCollection<string> Windows)
{
    public Dictionary<string, long> Named(IReadOnlyDictionary<string, long> since) => Windows.ToDictionary(w => w, w => since[w]);
}
