using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One value of one series, looked up once and then met again by reference.</summary>
public sealed class SeriesMetric(string metric, LabelSet labels)
{
    /// <summary>As <c>kind.value</c>.</summary>
    public string Metric { get; } = metric;
    public LabelSet Labels { get; } = labels;

    /// <summary>Where the operator behind sends its samples; that operator's own, and rebuilt when it lets go of it.</summary>
    internal WindowRoute[]? Routes { get; set; }
}
