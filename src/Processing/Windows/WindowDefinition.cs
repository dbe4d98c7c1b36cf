using System.Globalization;
using System.Text;
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
        Quantiles = [.. options.Quantiles.Select(q => (q.ToString("R", CultureInfo.InvariantCulture), q))];
        QuantileFields = [.. Quantiles.Select((q, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}\"{q.Name}\":"))];
        _metricIsPrefix = options.Metric.EndsWith('*');
        _metric = _metricIsPrefix ? options.Metric[..^1] : options.Metric;
        _by = options.By.Contains("*") ? null : [.. options.By];
        _where = [.. options.Where.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (w.Key, w.Value))];
        Id = string.Create(CultureInfo.InvariantCulture,
            $"{Name}|{Metric}|{string.Join(',', _by ?? ["*"])}|{size}/{Spacing(slide)}|{string.Join(',', _where)}{(of is null ? "" : "|" + of.Id)}");
    }

    public string Name { get; }

    /// <summary>The window whose results it is put together from; null where it is made of samples.</summary>
    public WindowDefinition? Of { get; }

    /// <summary>As the operator wrote it, with a '*' at its end or without.</summary>
    public string Metric { get; }

    /// <summary>What makes two definitions of one name different ones; results of different ones are not mixed.</summary>
    public string Id { get; }

    /// <summary>The same of its results as parts of longer windows, which may have begun later.</summary>
    public string PartsId => Id + "|parts";

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

    /// <summary>
    /// From when on its windows are whole: always, unless the stage has run before without it. Then it has not kept what came earlier, and
    /// begins with the first window that starts after everything seen so far. Whether a session begins with a sample, the gap before it says.
    /// </summary>
    public long WholeSince(Progress? progress) => WholeSince(progress, Id);

    /// <summary>The same of its results as parts of longer windows.</summary>
    public long PartsWholeSince(Progress? progress) => WholeSince(progress, PartsId);

    private long WholeSince(Progress? progress, string id) =>
        progress is null ? 0
        : progress.Since.TryGetValue(id, out var since) ? since
        : Kind == WindowKind.Session ? Math.Min(progress.MaxTime + 1 + Gap, Slicing.StartAtOrAfter(progress.MaxTime + 1))
        : Slicing.StartAtOrAfter(progress.MaxTime + 1);

    private string Spacing(long slide) => Kind switch
    {
        WindowKind.Sliding => "event",
        WindowKind.Session => string.Create(CultureInfo.InvariantCulture, $"gap {Gap}"),
        _ => slide.ToString(CultureInfo.InvariantCulture),
    };
}
