using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>A figure that only some windows ask for, and that has another unit than its metric.</summary>
/// <param name="Suffix">Behind the name of the metric.</param>
/// <param name="Label">The label that tells several of one result apart; empty where there is only one.</param>
/// <param name="Of">Of a result, each with its text for that label.</param>
internal sealed record FurtherFamily(string Suffix, string Help, string Label, Func<WindowResult, IEnumerable<(string Text, double Value)>> Of);
