namespace Pipeline.Processing;

/// <summary>What is wrong with a declared window, and what to do. The path is relative to the window.</summary>
public sealed record WindowProblem(string Path, string Problem, string Remedy)
{
    /// <summary>At most so many slices to a window, so that the parts it is made of stay bounded.</summary>
    public const int MaxSlices = 3600;

    /// <summary>What cannot be said of a single property.</summary>
    public static IEnumerable<WindowProblem> Of(WindowOptions window)
    {
        if (window.Of is null && window.Metric.Length == 0)
            yield return new("metric", "There is no metric.", "Name one, as kind.value, or the window that this one is put together from ('of').");
        if (window.Of is null && window.Size > LongWindows.LongestOfSamples)
            yield return new("size", $"A window of more than {LongWindows.LongestOfSamples.TotalDays:f0} day is put together from shorter ones.",
                "Name a window of, say, an hour in 'of'.");
        var slide = window.Slide ?? window.Size;
        if (slide > window.Size)
            yield return new("slide", $"The slide ({slide}) is longer than the size ({window.Size}): samples between two windows would be in none.",
                "Make the slide at most as long as the size.");
        if (window.Size.Ticks % TimeSpan.TicksPerMillisecond != 0 || slide.Ticks % TimeSpan.TicksPerMillisecond != 0)
            yield return new("size", "Size and slide are whole milliseconds.", "Round them.");
        else if (slide > TimeSpan.Zero && window.Size.Ticks / Slicing.Gcd(window.Size.Ticks, slide.Ticks) > MaxSlices)
            yield return new("slide", $"Size and slide have no common part of at least a {MaxSlices}th of the size.",
                "Choose a slide that divides the size.");
        foreach (var q in window.Quantiles.Where(q => !(q > 0 && q < 1)))
            yield return new("quantiles", $"{q} is not between 0 and 1.", "For example [0.5, 0.95, 0.99]; 'min' and 'max' are always there.");
        if (window.Quantiles.Distinct().Count() != window.Quantiles.Count)
            yield return new("quantiles", "A quantile is named twice.", "Name it once.");
        foreach (var threshold in window.Statistics.Above.Where(t => !double.IsFinite(t)))
            yield return new("statistics.above", $"{threshold} is no threshold.", "Use a number that a double can hold.");
        if (window.Statistics.Above.Distinct().Count() != window.Statistics.Above.Count)
            yield return new("statistics.above", "A threshold is named twice.", "Name it once.");
        if (window.Statistics.Ewma is { } halfLife && halfLife.Ticks % TimeSpan.TicksPerMillisecond != 0)
            yield return new("statistics.ewma", "A half-life is whole milliseconds.", "Round it.");
        if (window.By.Contains("*") && window.By.Count > 1)
            yield return new("by", "'*' already means all labels.", "Use ['*'] alone, or name the labels.");
        if (window.By.Distinct().Count() != window.By.Count)
            yield return new("by", "A label is named twice.", "Name it once.");
    }
}
