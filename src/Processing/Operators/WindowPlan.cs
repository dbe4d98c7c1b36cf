namespace Pipeline.Processing;

/// <summary>A window and how it is computed.</summary>
/// <param name="SpansPartitions">Its groups have parts in several partitions, so it takes a second step.</param>
public sealed record WindowPlan(WindowDefinition Definition, bool SpansPartitions)
{
    /// <summary>The long windows that are put together from its results.</summary>
    public IReadOnlyList<WindowDefinition> PartOf { get; init; } = [];

    /// <summary>Whether it is computed in a second step.</summary>
    public bool IsMerged => SpansPartitions || Definition.Of is not null;

    /// <summary>Whether it is computed anew from the samples in the log where it is added; others begin after everything seen.</summary>
    public bool IsRebuilt => Definition.Of is null && Definition.Kind.IsByClock();

    /// <param name="keyLabels">By kind, the label that every record of it has and whose text is the record key.</param>
    public static IReadOnlyList<WindowPlan> Of(IReadOnlyList<WindowOptions> windows, IReadOnlyDictionary<string, string> keyLabels)
    {
        var ofSamples = windows.Where(w => w.Of is null).ToDictionary(w => w.Name, w => new WindowDefinition(w));
        return Of([.. windows.Select(w => w.Of is { } source ? new WindowDefinition(w, ofSamples[source]) : ofSamples[w.Name])], keyLabels);
    }

    /// <inheritdoc cref="Of(IReadOnlyList{WindowOptions}, IReadOnlyDictionary{string, string})"/>
    public static IReadOnlyList<WindowPlan> Of(IReadOnlyList<WindowDefinition> windows, IReadOnlyDictionary<string, string> keyLabels)
    {
        var partOf = windows.ToLookup(w => w.Of?.Id);
        return [.. windows.Select(w => new WindowPlan(w, w.Of is null && !w.IsWithinPartition(keyLabels)) { PartOf = [.. partOf[w.Id]] })];
    }
}
