namespace Pipeline.Contracts;

/// <summary>What is known of a metric that a built-in source produces.</summary>
/// <param name="Name">As <c>kind.value</c>.</param>
/// <param name="Unit">A UCUM unit: <c>s</c>, <c>By</c>, <c>By/s</c>, <c>1</c>, <c>Cel</c>.</param>
/// <param name="Labels">The labels its series carry.</param>
public sealed record MetricInfo(string Name, string Unit, string Description, params string[] Labels);
