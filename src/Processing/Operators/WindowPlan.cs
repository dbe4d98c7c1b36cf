namespace Pipeline.Processing;

/// <summary>A window and how it is computed.</summary>
/// <param name="SpansPartitions">Its groups have parts in several partitions, so it takes a second step.</param>
/// <param name="IsPart">Others are put together from its results.</param>
public sealed record WindowPlan(WindowDefinition Definition, bool SpansPartitions, bool IsPart = false)
{
    /// <summary>Whether it is computed in a second step.</summary>
    public bool IsMerged => SpansPartitions || Definition.Of is not null;

    /// <param name="keyLabels">By kind, the label that every record of it has and whose text is the record key.</param>
    public static IReadOnlyList<WindowPlan> Of(IReadOnlyList<WindowOptions> windows, IReadOnlyDictionary<string, string> keyLabels)
    {
        var ofSamples = windows.Where(w => w.Of is null).ToDictionary(w => w.Name, w => new WindowDefinition(w));
        return [.. windows.Select(w => w.Of is { } source ? new WindowPlan(new WindowDefinition(w, ofSamples[source]), SpansPartitions: false) : OfSamples(ofSamples[w.Name]))];

        WindowPlan OfSamples(WindowDefinition definition) =>
            new(definition, !definition.IsWithinPartition(keyLabels), windows.Any(w => w.Of == definition.Name));
    }
}
