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

    /// <param name="of">The window whose results it is put together from; null where it is made of samples.</param>
    public WindowDefinition(WindowOptions options, WindowDefinition? of = null)
    {
        Of = of;
        (Name, Metric) = (options.Name, options.Metric);
        Kind = options.KindOrInferred;
        var (size, slide) = ((long)options.Size.TotalMilliseconds, (long)(options.Slide ?? options.Size).TotalMilliseconds);
        Slicing = new Slicing(size, Kind == WindowKind.Sliding ? 1 : slide);
        Gap = (long)(options.Gap?.TotalMilliseconds ?? 0);
        Lateness = (long)options.Lateness.TotalMilliseconds;
        SketchBits = SketchBuckets.BitsFor(options.RelativeError);
        MaxGroups = options.MaxGroups;
        HasSketch = options.Sketch;
        Statistics = StatisticSet.Of(options.Statistics);
        Quantiles = [.. options.Quantiles.Select(q => (q.ToString(CultureInfo.InvariantCulture), q))];
        QuantileFields = [.. Quantiles.Select((q, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}\"{q.Name}\":"))];
        _metricIsPrefix = options.Metric.EndsWith('*');
        _metric = _metricIsPrefix ? options.Metric[..^1] : options.Metric;
        _by = options.By.Contains("*") ? null : [.. options.By];
        _where = [.. options.Where.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (w.Key, w.Value))];
        Id = TextOf(options with { Kind = Kind, Slide = options.Slide ?? options.Size, Where = _where.ToDictionary(w => w.Name, w => w.Text) }) + (of is null ? "" : '\n' + of.Id);
    }

    public string Name { get; }

    /// <summary>The window whose results it is put together from; null where it is made of samples.</summary>
    public WindowDefinition? Of { get; }

    /// <summary>As the operator wrote it, with a '*' at its end or without.</summary>
    public string Metric { get; }

    /// <summary>The window whose partial results it is merged from, where it is.</summary>
    internal WindowDefinition Parts => Of ?? this;

    /// <summary>
    /// All that it is made of, as text: what makes two definitions of one name different ones. Results of different ones are not mixed. A line,
    /// and one more of the window that it is put together from.
    /// </summary>
    public string Id { get; }

    public WindowKind Kind { get; }

    /// <summary>The kind, where it must be known to understand a result; null where it need not.</summary>
    internal string? KindOnWire => Kind == WindowKind.Session ? "session" : null;

    /// <summary>Of sliding windows, with a slide of a millisecond; of sessions, the times at which they are cut.</summary>
    public Slicing Slicing { get; }

    /// <summary>How long a silence ends a session, milliseconds.</summary>
    public long Gap { get; }

    /// <summary>
    /// Of sliding windows and sessions: how long the parts of event time are by which a rewind is measured and groups are counted, milliseconds.
    /// No shorter than a gap, short beside what a window takes, and not so short that there are many.
    /// </summary>
    internal long Part => Math.Max(Lateness / 16 + 1, Kind == WindowKind.Session ? Math.Max(Gap, Slicing.Size / 256) : Slicing.Size / 16);

    /// <summary>Milliseconds.</summary>
    public long Lateness { get; }
    public int SketchBits { get; }
    public int MaxGroups { get; }

    /// <summary>Whether results carry their sketch and states; partial ones always do.</summary>
    public bool HasSketch { get; }

    /// <summary>Null where none is asked for.</summary>
    public StatisticSet? Statistics { get; }

    /// <summary>How long before a window those ended that it is compared with, at most, milliseconds; 0 where it is compared with none.</summary>
    public long BaselineReach => Statistics?.Baseline?.Reach ?? 0;

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
        var lines = id.Split('\n', 2);
        try
        {
            var of = lines.Length == 1 ? null : Read(lines[1]);
            return (lines.Length > 1 && of is null) || JsonSerializer.Deserialize(lines[0], DefinitionText.Default.WindowOptions) is not { } options ? null : new WindowDefinition(options, of);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// From when on its windows, or the parts that it is put together from, are whole: always, unless the stage has run before without it and
    /// does not read again what came earlier. Then it begins with the first that starts after everything seen so far. Whether a session begins
    /// with a sample, the gap before it says.
    /// </summary>
    public long WholeSince(Progress? progress) =>
        progress is null ? 0
        : progress.Since.TryGetValue(Id, out var since) ? since
        : Kind == WindowKind.Session ? Math.Min(progress.MaxTime + 1 + Gap, Slicing.StartAtOrAfter(progress.MaxTime + 1))
        : Parts.Slicing.StartAtOrAfter(progress.MaxTime + 1);

    private static string TextOf(WindowOptions options) => JsonSerializer.Serialize(options, DefinitionText.Default.WindowOptions);
}

/// <summary>Definitions as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(WindowOptions))]
internal sealed partial class DefinitionText : JsonSerializerContext;
