using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>Makes observations of JSON lines, in the form of the log, strictly: an unknown or doubled field is an error.</summary>
public sealed class ObservationParser(PushTarget target, PushOptions options)
{
    private readonly PointRules _rules = new(target, options);

    /// <param name="now">The time of an observation that has none, Unix milliseconds.</param>
    /// <returns>What is wrong, or null.</returns>
    public string? Parse(ReadOnlySpan<byte> line, long now, out Observation observation)
    {
        observation = null!;
        if (_rules.CheckLine(line) is { } wrongLine) return wrongLine;
        var fields = new ObservationFields();
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 3 });
            if (fields.Read(ref json) is { } wrongField) return wrongField;
        }
        catch (JsonException e)
        {
            return $"not valid JSON, at byte {e.BytePositionInLine + 1}";
        }
        return Check(fields, now, out observation);
    }

    private string? Check(ObservationFields fields, long now, out Observation observation)
    {
        observation = null!;
        if (fields.Kind is null) return "'kind' is missing";
        if (fields is { Sequence: not null, Source: null }) return "a 'sequence' needs a 'source' that counts it";
        if (_rules.CheckCounts(fields.Labels.Count, fields.Values.Count, fields.Attributes.Count) is { } tooMany) return tooMany;
        var labels = LabelSet.Of(fields.Labels);
        var attributes = LabelSet.Of(fields.Attributes);
        var wrong = _rules.CheckSeries(fields.Kind, labels, fields.Labels.Count) ?? _rules.CheckValues(fields.Values);
        if (wrong is not null) return wrong;
        if (_rules.CheckKey(fields.Kind, labels, fields.Key, out var key) is { } wrongKey) return wrongKey;
        if (attributes.Count != fields.Attributes.Count) return "an attribute is given twice";
        observation = new Observation
        {
            Kind = fields.Kind,
            Time = fields.Time ?? now,
            Source = fields.Source ?? target.Node,
            Sequence = fields.Sequence,
            Key = key,
            Labels = labels,
            Values = fields.Values.ToArray(),
            Attributes = attributes,
        };
        return null;
    }
}
