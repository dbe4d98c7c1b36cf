using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What an operator would call the thing that a series is measured on.</summary>
internal static class Subject
{
    public static string Of(LabelSet labels) =>
        labels["target"] is { } target ? $"target {target}" :
        labels["host"] is { } host ? $"host {host}" :
        labels.Count > 0 ? labels.ToString() : "series";
}
