using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One value of one series.</summary>
/// <param name="Metric">As <c>kind.value</c>.</param>
public sealed record SeriesMetric(string Metric, LabelSet Labels);
