namespace Pipeline.Processing;

/// <summary>Which results of a window are to be merged, and what is kept apart.</summary>
/// <param name="Window">The name of the window.</param>
/// <param name="By">The labels that are kept; the others are merged over. Metrics are always kept apart.</param>
/// <param name="From">The least end, Unix milliseconds.</param>
/// <param name="To">The greatest end, Unix milliseconds.</param>
public sealed record MergeQuery(string Window, IReadOnlyList<string> By, long From = long.MinValue, long To = long.MaxValue)
{
    /// <summary>One metric only, where the window is over several.</summary>
    public string? Metric { get; init; }

    /// <summary>What the results of a window as it is configured do not allow.</summary>
    public IEnumerable<WindowProblem> ProblemsOf(WindowOptions window)
    {
        if (Metric is not null && !new WindowDefinition(window).Takes(Metric))
            yield return new("metric", $"'{Window}' is not over the metric '{Metric}'.", $"It is over {window.Metric}.");
        if (!window.Sketch)
            yield return new("sketch", $"Results of '{Window}' carry no sketches, so that they cannot be merged.", "Say \"sketch\": true.");
        if (!LongWindows.LieEndToEnd(window))
            yield return new("slide", $"The slide of '{Window}' does not divide its size, so that its windows do not lie end to end.", "Choose a slide that does.");
        if (window.By.Contains("*")) yield break;
        foreach (var label in By.Except(window.By))
            yield return new("by", $"Results of '{Window}' have no label '{label}'.", window.By.Count == 0 ? "They have none: leave it out." : $"They have {string.Join(", ", window.By)}.");
    }
}
