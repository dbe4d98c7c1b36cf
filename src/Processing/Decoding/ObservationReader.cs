using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Reads observations and ticks as <see cref="ObservationWriter"/> writes them, and any other JSON with the same fields, in any order and
/// with more fields than are known. Series are found by the bytes that name them, so that reading a known one allocates nothing.
/// Not for two threads at once.
/// </summary>
public sealed class ObservationReader(int maxSeries)
{
    /// <summary>What never stands in a JSON text as it is.</summary>
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly SeriesIndex _index = new();
    private readonly Utf8Table<string> _nodes = new(1024);
    private byte[] _source = new byte[64];
    private int _sourceLength;

    /// <summary>What the numbers of its samples mean.</summary>
    public SeriesTable Series { get; } = new();

    /// <summary>The event time of the record read last, Unix milliseconds.</summary>
    public long Time { get; private set; }

    /// <summary>The number that its source gave the record read last; -1 where there is none.</summary>
    public long Sequence { get; private set; }

    /// <summary>The source of the record read last, as UTF-8, where that has a sequence.</summary>
    public ReadOnlySpan<byte> Source => _source.AsSpan(0, _sourceLength);

    /// <summary>Lets the table of series start over if it is full: between two batches, since samples refer to it.</summary>
    public void BeginBatch()
    {
        if (Series.Count < maxSeries && !_index.IsFull) return;
        Series.Clear();
        _index.Clear();
    }

    /// <summary>Adds a sample for each value, or the tick, to the batch. Nothing is added where the record cannot be read.</summary>
    /// <returns>Null, or what is wrong with the record.</returns>
    public string? Read(in LogRecord record, SignalBatch batch)
    {
        if (TryReadKnown(record, batch)) return null;
        try
        {
            var fields = Fields.Of(record.Value);
            if (fields.Problem is { } problem) return problem;
            (Time, Sequence) = (fields.Time, -1);
            if (fields.IsTick)
            {
                batch.Add(new Signal(SignalKind.Tick, record.Offset, record.Time, fields.Time, Node(fields.Source)));
                return null;
            }
            if (fields.Sequence >= 0) Number(fields.Sequence, Utf8Text(fields.Source));
            return AddSamples(record, fields, batch);
        }
        catch (JsonException e)
        {
            return $"Not JSON: {e.Message}";
        }
        catch (InvalidOperationException e) // a text with an invalid escape or invalid UTF-8
        {
            return $"Not valid text: {e.Message}";
        }
    }

    /// <summary>Reads a record of a known series in the usual form.</summary>
    private bool TryReadKnown(in LogRecord record, SignalBatch batch)
    {
        var json = record.Value;
        if (!KnownForm.TryReadHead(ref json, out var head)) return false;
        var series = new SeriesText(head.Kind, head.Labels);
        var (samples, signals) = (batch.Samples.Length, batch.Signals.Length);
        while (KnownForm.TryReadValue(ref json, out var name, out var value, out var isLast) && _index.TryGet(series, name, out var number))
        {
            batch.Add(new Sample(record.Offset, head.Time, value, number));
            if (!isLast) continue;
            (Time, Sequence) = (head.Time, -1);
            if (head.Sequence >= 0) Number(head.Sequence, head.Source);
            return true;
        }
        batch.TakeBack(samples, signals);
        return false;
    }

    private void Number(long sequence, ReadOnlySpan<byte> source)
    {
        Arrays.Renew(ref _source, source.Length);
        source.CopyTo(_source);
        (Sequence, _sourceLength) = (sequence, source.Length);
    }

    private string? AddSamples(in LogRecord record, in Fields fields, SignalBatch batch)
    {
        var first = CheckValues(fields.Values);
        if (first is not null) return first;
        var series = new SeriesText(fields.Kind, fields.Labels);
        var (none, labels) = (batch.Count, (LabelSet?)null);
        var values = new Utf8JsonReader(fields.Values);
        values.Read();
        while (values.Read() && values.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(values);
            if (!_index.TryGet(series, name, out var number))
            {
                labels ??= ReadLabels(fields.Labels);
                number = Series.Add(new SeriesMetric(Text(fields.Kind) + "." + values.GetString(), labels));
                _index.Add(series, name, number);
            }
            values.Read();
            batch.Add(new Sample(record.Offset, fields.Time, values.GetDouble(), number));
        }
        if (batch.Count == none) _ = (Text(fields.Kind), ReadLabels(fields.Labels)); // nobody has looked whether they are valid
        return null;
    }

    /// <summary>The name of a value: without escapes where it can be written without, so that it has one spelling.</summary>
    private static ReadOnlySpan<byte> NameOf(in Utf8JsonReader values)
    {
        if (!values.ValueIsEscaped) return values.ValueSpan;
        var name = Encoding.UTF8.GetBytes(values.GetString()!);
        return name.AsSpan().ContainsAny(Escaped) ? values.ValueSpan : name;
    }

    /// <summary>A record counts whole or not at all, so its values are looked at before the first is used.</summary>
    private static string? CheckValues(ReadOnlySpan<byte> json)
    {
        var values = new Utf8JsonReader(json);
        values.Read();
        while (values.Read() && values.TokenType == JsonTokenType.PropertyName)
        {
            if (values.ValueIsEscaped || !Utf8.IsValid(values.ValueSpan)) values.GetString(); // throws where it is no text
            values.Read();
            if (values.TokenType != JsonTokenType.Number) return "A value is not a number.";
            if (!values.TryGetDouble(out var value) || !double.IsFinite(value)) return "A value is not a finite number.";
        }
        return null;
    }

    private string Node(ReadOnlySpan<byte> source) => _nodes.TryGet(source, out var node) ? node : _nodes.Add(source, Text(source));

    private static LabelSet ReadLabels(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return LabelSet.Empty;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return LabelSetConverter.Read(ref reader);
    }

    private static ReadOnlySpan<byte> Utf8Text(ReadOnlySpan<byte> quoted) =>
        quoted.Contains((byte)'\\') || !Utf8.IsValid(quoted) ? Encoding.UTF8.GetBytes(Text(quoted)) : quoted[1..^1];

    /// <summary>The text of a JSON string that is still in its quotes.</summary>
    private static string Text(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
