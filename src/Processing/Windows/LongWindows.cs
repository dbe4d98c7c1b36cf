namespace Pipeline.Processing;

/// <summary>Windows that are put together from the results of shorter ones, as the operator declares them.</summary>
public static class LongWindows
{
    /// <summary>Longer ones are put together, so that a restart does not have to read all their samples again.</summary>
    public static readonly TimeSpan LongestOfSamples = TimeSpan.FromDays(1);

    /// <summary>A window is merged from so many results at most, each time that it is published.</summary>
    public const int MaxOverlap = 50;

    /// <summary>Gives them what they have from the window that they are made of. Only of windows without a problem.</summary>
    public static IReadOnlyList<WindowOptions> Resolve(IReadOnlyList<WindowOptions> windows) =>
        [.. windows.Select(w => w.Of is null ? w : Resolve(w, windows.First(s => s.Name == w.Of)))];

    /// <summary>What is wrong with one of them among all windows.</summary>
    public static IEnumerable<WindowProblem> Problems(WindowOptions window, IReadOnlyList<WindowOptions> all)
    {
        var source = all.FirstOrDefault(w => w.Name == window.Of);
        return source is null ? [new("of", $"There is no window '{window.Of}'.", "Name another window of this configuration.")]
            : !source.KindOrInferred.IsByClock() || !window.KindOrInferred.IsByClock() ? [new("of", "Sessions and sliding windows are neither parts nor put together.", "Use tumbling or hopping windows.")]
            : source.Of is not null ? [new("of", $"'{source.Name}' is itself put together from another window.", "Name one that is made of samples.")]
            : Problems(window, source);
    }

    /// <summary>Whether there are windows of one definition that cover all of event time, and none of it twice.</summary>
    internal static bool LieEndToEnd(WindowOptions window) => window.Slide is not { Ticks: > 0 } slide || window.Size.Ticks % slide.Ticks == 0;

    private static IEnumerable<WindowProblem> Problems(WindowOptions window, WindowOptions source)
    {
        if (!IsOwn(window, source))
            yield return new("of", $"Metric, by, where and statistics are those of '{source.Name}'.", "Leave them out here.");
        var (size, slide, part) = (window.Size.Ticks, (window.Slide ?? window.Size).Ticks, source.Size.Ticks);
        if (part <= 0 || slide <= 0 || size % part != 0 || slide % part != 0 || size == part)
            yield return new("size", $"Size and slide are no multiples of the size of '{source.Name}' ({source.Size}).", "Choose multiples of it.");
        else if (size / slide > MaxOverlap)
            yield return new("slide", $"More than {MaxOverlap} windows would overlap.", "Choose a longer slide.");
        foreach (var problem in BaselineProblems(window, slide)) yield return problem;
        if (!LieEndToEnd(source))
            yield return new("of", $"The slide of '{source.Name}' does not divide its size, so that its windows do not lie end to end.", "Choose a slide that does, there.");
    }

    /// <param name="slide">In ticks.</param>
    private static IEnumerable<WindowProblem> BaselineProblems(WindowOptions window, long slide)
    {
        if (window.Statistics.Baseline is not { } baseline) yield break;
        var period = window.Statistics.PeriodOrDay;
        if (period.Ticks % TimeSpan.TicksPerDay != 0)
            yield return new("statistics.baselinePeriod", $"The days of a baseline lie whole days apart, not {period}.", "Use \"7d\", or leave it out for a day.");
        if (baseline.Ticks % period.Ticks != 0)
            yield return new("statistics.baseline", $"{baseline} is no multiple of {period}.", "Use one, for example \"7d\".");
        if (window.Size > period || slide > 0 && period.Ticks % slide != 0)
            yield return new("statistics.baseline", $"A window has none of its kind {period.TotalDays} d before: its size is longer, or its slide does not divide that.", "Choose a size of at most that and a slide that divides it, for example \"1h\".");
    }

    /// <summary>A baseline is its own: parts need nothing more for it.</summary>
    private static bool IsOwn(WindowOptions window, WindowOptions source)
    {
        var (none, resolved) = (new WindowOptions(), Resolve(window, source));
        return (window.Metric == "" || window.Metric == resolved.Metric)
            && (window.By.SequenceEqual(none.By) || window.By.SequenceEqual(resolved.By))
            && (Further(window).Equals(none.Statistics) || Further(window).Equals(Further(resolved)))
            && (window.Where.Count == 0 || window.Where.OrderBy(w => w.Key).SequenceEqual(resolved.Where.OrderBy(w => w.Key)));
    }

    private static StatisticsOptions Further(WindowOptions window) => window.Statistics with { Baseline = null, BaselinePeriod = null };

    /// <summary>It waits for late samples as long as its parts do at least.</summary>
    private static WindowOptions Resolve(WindowOptions window, WindowOptions source) => window with
    {
        Metric = source.Metric, By = source.By, Where = source.Where, RelativeError = source.RelativeError, MaxGroups = source.MaxGroups,
        Statistics = source.Statistics with { Baseline = window.Statistics.Baseline, BaselinePeriod = window.Statistics.BaselinePeriod },
        Lateness = window.Lateness > source.Lateness ? window.Lateness : source.Lateness,
    };
}
