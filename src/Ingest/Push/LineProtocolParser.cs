using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>
/// Makes observations of lines of InfluxDB line protocol: the measurement is the kind, tags are labels, numbers and booleans are values,
/// texts are attributes. Series and names seen before are not read again. Not for two threads at once.
/// </summary>
public sealed class LineProtocolParser(PushTarget target, PushOptions options)
{
    private readonly PointRules _rules = new(target, options);
    private readonly InternTable<Series> _series = new(capacity: 16_384, maxKeyBytes: 512);
    private readonly InternTable<string> _names = new(capacity: 4_096, maxKeyBytes: 128);
    private readonly List<Measurement> _values = [];
    private readonly List<KeyValuePair<string, string>> _texts = [];

    /// <param name="line">Not blank, no comment.</param>
    /// <param name="now">The time of a point that has none, Unix milliseconds.</param>
    /// <returns>What is wrong, or null.</returns>
    public string? Parse(ReadOnlySpan<byte> line, Precision precision, long now, out Observation point)
    {
        point = null!;
        if (_rules.CheckLine(line) is { } wrongLine) return wrongLine;
        var reader = new LineProtocolReader(line);
        var wrong = ReadSeries(ref reader, out var series) ?? ReadFields(ref reader);
        if (wrong is not null) return wrong;
        var time = now;
        wrong = reader.HasTime ? reader.ReadTime(out var count) ?? precision.ToMilliseconds(count, out time) : null;
        if (wrong is not null) return wrong;
        point = new Observation
        {
            Kind = series.Kind,
            Time = time,
            Source = target.Node,
            Key = series.Key,
            Labels = series.Labels,
            Values = _values.ToArray(),
            Attributes = _texts.Count == 0 ? LabelSet.Empty : LabelSet.Of(_texts),
        };
        return point.Attributes.Count == _texts.Count ? null : "a field is given twice";
    }

    private string? ReadSeries(ref LineProtocolReader reader, out Series series)
    {
        series = null!;
        if (reader.ReadSeries(out var text) is { } missing) return missing;
        if (_series.Find(text) is { } known)
        {
            series = known;
            return null;
        }
        if (Series.Parse(text, _rules, out series) is { } wrong) return wrong;
        _series.Add(text, series);
        return null;
    }

    private string? ReadFields(ref LineProtocolReader reader)
    {
        _values.Clear();
        _texts.Clear();
        while (reader.HasField)
        {
            if (reader.ReadField(out var rawName, out var value) is { } wrong) return wrong;
            var name = NameOf(rawName);
            if (PointRules.CheckName(name) is { } wrongName) return wrongName;
            if (value[0] == '"')
                _texts.Add(KeyValuePair.Create(name, LineText.Unescape(value[1..^1], LineText.InQuotes)));
            else if (FieldNumber.Parse(value, out var number) is { } wrongNumber)
                return wrongNumber;
            else
                _values.Add(new Measurement(name, number));
        }
        return _rules.CheckCounts(0, _values.Count, _texts.Count) ?? _rules.CheckValues(_values);
    }

    private string NameOf(ReadOnlySpan<byte> raw)
    {
        if (_names.Find(raw) is { } known) return known;
        var name = LineText.Unescape(raw, LineText.InFieldName);
        _names.Add(raw, name);
        return name;
    }
}
