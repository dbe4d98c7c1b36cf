using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The way of one series' metric into one definition's windows, with its group remembered.</summary>
internal struct WindowRoute(SlicedWindows windows, SeriesMetric metric)
{
    /// <summary>Null where the series belongs to no group.</summary>
    public readonly LabelSet? Labels = windows.Definition.GroupOf(metric.Labels);
    public readonly SlicedWindows Windows = windows;
    public readonly string Metric = metric.Metric;

    /// <summary>The number of its group, and the version in which it means that group.</summary>
    public int Group = -1, Version;
}
