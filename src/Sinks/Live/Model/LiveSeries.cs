using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>
/// What the points of one series have in common. Equal by window, metric and labels, and ordered by them: size and quantiles change with the
/// definition of the window.
/// </summary>
public sealed class LiveSeries : IEquatable<LiveSeries>
{
    internal static readonly Comparer<LiveSeries> Order = Comparer<LiveSeries>.Create(Compare);

    private readonly string _labels;

    internal LiveSeries(WindowResult result)
    {
        (Window, Metric, Labels, Size) = (result.Window, result.Metric, result.Labels, result.Kind is null ? result.End - result.Start : 0);
        Ranks = [.. result.Quantiles.Keys];
        _labels = Labels.ToString();
    }

    public string Window { get; }
    public string Metric { get; }
    public LabelSet Labels { get; }

    /// <summary>Of the windows, milliseconds; 0 where each has a length of its own.</summary>
    public long Size { get; }

    /// <summary>The names of the quantiles that points of this series have, in their order.</summary>
    public IReadOnlyList<string> Ranks { get; }

    public bool Equals(LiveSeries? other) =>
        other is not null && Metric == other.Metric && Window == other.Window && _labels == other._labels;

    public override bool Equals(object? obj) => Equals(obj as LiveSeries);
    public override int GetHashCode() => HashCode.Combine(Window, Metric, _labels);

    private static int Compare(LiveSeries a, LiveSeries b)
    {
        if (string.CompareOrdinal(a.Window, b.Window) is not 0 and var byWindow) return byWindow;
        if (string.CompareOrdinal(a.Metric, b.Metric) is not 0 and var byMetric) return byMetric;
        return string.CompareOrdinal(a._labels, b._labels);
    }
}
