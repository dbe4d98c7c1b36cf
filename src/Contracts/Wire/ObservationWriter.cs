using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Contracts;

/// <summary>
/// Writes observations as JSON, always with the fields in the order <c>kind, time, source, sequence, labels, values, attributes</c>,
/// so that equal series are equal bytes. Not for two threads at once.
/// </summary>
public sealed class ObservationWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private readonly ArrayBufferWriter<byte> _key = new(64);
    private readonly Utf8JsonWriter _json;

    public ObservationWriter() =>
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Adds the observation to the partition that its key belongs to.</summary>
    /// <exception cref="ArgumentException">A value is not finite; JSON has no way to write it.</exception>
    public void Append(RecordBatch batch, string topic, int partitions, Observation observation)
    {
        _key.ResetWrittenCount();
        Encoding.UTF8.GetBytes(observation.Key, _key);
        var key = _key.WrittenSpan;
        batch.Add(new TopicPartition(topic, Partitioner.Of(key, partitions)), key, Write(observation));
    }

    /// <summary>The bytes of an observation, valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(Observation observation)
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("kind"u8, observation.Kind);
        _json.WriteNumber("time"u8, observation.Time);
        _json.WriteString("source"u8, observation.Source);
        if (observation.Sequence is { } sequence) _json.WriteNumber("sequence"u8, sequence);
        WriteTexts("labels"u8, observation.Labels);
        _json.WriteStartObject("values"u8);
        foreach (var (name, value) in observation.Values) _json.WriteNumber(name, value);
        _json.WriteEndObject();
        if (observation.Attributes.Count > 0) WriteTexts("attributes"u8, observation.Attributes);
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private void WriteTexts(ReadOnlySpan<byte> name, LabelSet texts)
    {
        _json.WriteStartObject(name);
        foreach (var (key, text) in texts) _json.WriteString(key, text);
        _json.WriteEndObject();
    }
}
