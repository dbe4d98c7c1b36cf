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
        foreach (var problem in OfKind(window)) yield return problem;
        var slide = window.Slide ?? window.Size;
        if (slide > window.Size)
            yield return new("slide", $"The slide ({slide}) is longer than the size ({window.Size}): samples between two windows would be in none.",
                "Make the slide at most as long as the size.");
        if (window.Size.Ticks % TimeSpan.TicksPerMillisecond != 0 || slide.Ticks % TimeSpan.TicksPerMillisecond != 0)
            yield return new("size", "Size and slide are whole milliseconds.", "Round them.");
        else if (slide > TimeSpan.Zero && window.KindOrInferred.IsByClock() && OfParts(window.Size, slide) is { } tooMany) yield return tooMany;
        foreach (var q in window.Quantiles.Where(q => !(q > 0 && q < 1)))
            yield return new("quantiles", $"{q} is not between 0 and 1.", "For example [0.5, 0.95, 0.99]; 'min' and 'max' are always there.");
        if (window.Quantiles.Distinct().Count() != window.Quantiles.Count)
            yield return new("quantiles", "A quantile is named twice.", "Name it once.");
        if (window.Of is null && window.Statistics.Baseline is not null)
            yield return new("statistics.baseline", "Only a window that is put together from another one has a baseline.", "Leave it out here, and declare a window that names this one in 'of'.");
        if (window.Statistics is { Baseline: null, BaselinePeriod: not null })
            yield return new("statistics.baselinePeriod", "There is no baseline.", "Give it one, for example \"baseline\": \"14d\", or leave the period out.");
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

    private static WindowProblem? OfParts(TimeSpan size, TimeSpan slide)
    {
        var part = TimeSpan.FromTicks(Slicing.Gcd(size.Ticks, slide.Ticks));
        var parts = size.Ticks / part.Ticks;
        return parts <= MaxSlices ? null : new("slide", $"A window is made of parts as long as what size and slide are multiples of ({part}), which are {parts} here, and at most {MaxSlices}.",
            $"Choose a slide that divides the size and is at least {TimeSpan.FromMilliseconds(Math.Ceiling(size.TotalMilliseconds / MaxSlices))}.");
    }

    /// <summary>What one kind needs, and what belongs to another.</summary>
    private static IEnumerable<WindowProblem> OfKind(WindowOptions window)
    {
        var kind = window.KindOrInferred;
        if (kind == WindowKind.Session && window.Gap is null)
            yield return new("gap", "A session ends with a silence, and nothing says how long that is.", "Give it a gap, for example \"30s\".");
        if (kind != WindowKind.Session && window.Gap is not null)
            yield return new("gap", $"Only sessions have a gap, and this is a {kind.Word()} window.", "Leave the gap out, or write \"kind\": \"session\".");
        if (window.Gap > window.Size)
            yield return new("gap", $"The gap ({window.Gap}) is longer than the size ({window.Size}), at which a session is cut.", "Make the gap at most as long as the size.");
        if (window.Gap is { } gap && gap.Ticks % TimeSpan.TicksPerMillisecond != 0)
            yield return new("gap", "The gap is whole milliseconds.", "Round it.");
        if (!kind.IsByClock() && window.Slide is not null)
            yield return new("slide", $"A {kind.Word()} window begins and ends with its samples, and has no slide.", "Leave the slide out, or write \"kind\": \"hopping\".");
        if (kind == WindowKind.Tumbling && window.Slide is { } slide && slide < window.Size)
            yield return new("slide", "A tumbling window has no slide: the next begins where it ends.", "Leave the slide out, or write \"kind\": \"hopping\".");
        if (kind == WindowKind.Hopping && window.Slide is null)
            yield return new("slide", "A hopping window begins with every slide, and nothing says how long that is.", "Give it a slide, for example a sixth of the size.");
    }
}
