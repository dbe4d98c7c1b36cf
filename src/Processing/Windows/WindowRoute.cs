namespace Pipeline.Processing;

/// <summary>The way of one series' metric into one definition's windows, with its group remembered.</summary>
internal sealed class WindowRoute(SlicedWindows windows, SeriesMetric metric)
{
    private readonly Contracts.LabelSet? _labels = windows.Definition.GroupOf(metric.Labels);
    private WindowGroup? _group;

    public void Add(in Signal sample, SignalBatch output)
    {
        if (_labels is null) { windows.Filtered(1); return; }
        if (_group is null || _group.IsRetired) _group = windows.Group(metric.Metric, _labels);
        windows.Add(sample, _group, output);
    }
}
