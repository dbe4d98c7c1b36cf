using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A window as it is computed, built from what the operator wrote.</summary>
public sealed class WindowDefinition
{
    private readonly string[]? _by;
    private readonly (string Name, string Text)[] _where;
    private readonly string _metric;
    private readonly bool _metricIsPrefix;

    public WindowDefinition(WindowOptions options)
    {
        (Name, Metric) = (options.Name, options.Metric);
        Slicing = new Slicing((long)options.Size.TotalMilliseconds, (long)(options.Slide ?? options.Size).TotalMilliseconds);
        Lateness = (long)options.Lateness.TotalMilliseconds;
        SketchBits = SketchBuckets.BitsFor(options.RelativeError);
        MaxGroups = options.MaxGroups;
        HasSketch = options.Sketch;
        Quantiles = [.. options.Quantiles.Select(q => (q.ToString("R", CultureInfo.InvariantCulture), q))];
        QuantileFields = [.. Quantiles.Select((q, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}\"{q.Name}\":"))];
        _metricIsPrefix = options.Metric.EndsWith('*');
        _metric = _metricIsPrefix ? options.Metric[..^1] : options.Metric;
        _by = options.By.Contains("*") ? null : [.. options.By];
        _where = [.. options.Where.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (w.Key, w.Value))];
        Id = JsonSerializer.Serialize(
            options with { Slide = options.Slide ?? options.Size, Where = _where.ToDictionary(w => w.Name, w => w.Text) }, DefinitionText.Default.WindowOptions);
    }

    public string Name { get; }

    /// <summary>As the operator wrote it, with a '*' at its end or without.</summary>
    public string Metric { get; }

    /// <summary>All that it is made of, as text: what makes two definitions of one name different ones. Results of different ones are not mixed.</summary>
    public string Id { get; }
    public Slicing Slicing { get; }

    /// <summary>Milliseconds.</summary>
    public long Lateness { get; }
    public int SketchBits { get; }
    public int MaxGroups { get; }

    /// <summary>Whether results carry their sketch; partial ones always do.</summary>
    public bool HasSketch { get; }

    /// <summary>Each with its name on the wire.</summary>
    public IReadOnlyList<(string Name, double Rank)> Quantiles { get; }

    /// <summary>The beginnings of the fields that carry the quantiles on the wire.</summary>
    internal IReadOnlyList<byte[]> QuantileFields { get; }

    public bool Takes(string metric) => _metricIsPrefix ? metric.StartsWith(_metric, StringComparison.Ordinal) : metric == _metric;

    /// <summary>The labels of the group that a series belongs to, or null where it belongs to none.</summary>
    public LabelSet? GroupOf(LabelSet labels)
    {
        foreach (var (name, text) in _where)
            if (labels[name] != text) return null;
        if (_by is null) return labels;
        var group = new KeyValuePair<string, string>[_by.Length];
        for (var i = 0; i < _by.Length; i++)
        {
            if (labels[_by[i]] is not { } text) return null;
            group[i] = KeyValuePair.Create(_by[i], text);
        }
        return LabelSet.Of(group);
    }

    /// <summary>
    /// Whether all samples of a group are in one partition: then the group's labels say what the record key is made of. A window over several
    /// kinds, or over a kind whose key is not known, is never taken to be so.
    /// </summary>
    /// <param name="keyLabels">By kind, the label that every record of it has and whose text is the record key.</param>
    public bool IsWithinPartition(IReadOnlyDictionary<string, string> keyLabels)
    {
        if (_by is null) return true;
        var dot = _metric.LastIndexOf('.');
        return dot > 0 && keyLabels.TryGetValue(_metric[..dot], out var key) && _by.Contains(key);
    }

    /// <summary>The definition that an id is of, or null where it is of none that this version knows.</summary>
    public static WindowDefinition? Read(string id)
    {
        try
        {
            return JsonSerializer.Deserialize(id, DefinitionText.Default.WindowOptions) is { } options ? new WindowDefinition(options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// From when on its windows are whole: always, unless the stage has run before without it and does not read again what came earlier. Then
    /// it begins with the first window that starts after everything seen so far.
    /// </summary>
    public long WholeSince(Progress? progress) =>
        progress is null ? 0
        : progress.Since.TryGetValue(Id, out var since) ? since
        : Slicing.StartAtOrAfter(progress.MaxTime + 1);
}

/// <summary>Definitions as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WindowOptions))]
internal sealed partial class DefinitionText : JsonSerializerContext;
