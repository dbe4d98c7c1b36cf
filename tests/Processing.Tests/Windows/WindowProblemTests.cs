namespace Pipeline.Processing.Tests;

/// <summary>All that can be wrong with a declared window, in its words, and what lies just inside of each limit.</summary>
public sealed class WindowProblemTests
{
    private static readonly WindowOptions Minute = new() { Name = "minute", Metric = "load.value", Size = Seconds(60) };
    private static readonly WindowOptions Day = new() { Name = "day", Of = "minute", Size = TimeSpan.FromHours(24), Slide = TimeSpan.FromHours(1) };
    private static readonly WindowOptions Hour = new() { Name = "hour", Of = "minute", Size = TimeSpan.FromHours(1) };
    private static readonly WindowOptions Session = Minute with { Gap = Seconds(5) };

    private static readonly (WindowOptions Window, WindowProblem Problem)[] Single =
    [
        (Minute with { Metric = "" }, new("metric", "There is no metric.", "Name one, as kind.value, or the window that this one is put together from ('of').")),
        (Minute with { Size = TimeSpan.FromDays(1) + Seconds(60) }, new("size", "A window of more than 1 day is put together from shorter ones.", "Name a window of, say, an hour in 'of'.")),
        (Minute with { Slide = Seconds(61) }, new("slide", "The slide (00:01:01) is longer than the size (00:01:00): samples between two windows would be in none.", "Make the slide at most as long as the size.")),
        (Minute with { Size = Ticks(600_000_001) }, new("size", "Size and slide are whole milliseconds.", "Round them.")),
        (Minute with { Slide = Ticks(100_000_001) }, new("size", "Size and slide are whole milliseconds.", "Round them.")),
        (Minute with { Size = Seconds(86400), Slide = Seconds(10) }, new("slide", "A window is made of parts as long as what size and slide are multiples of (00:00:10), which are 8640 here, and at most 3600.", "Choose a slide that divides the size and is at least 00:00:24.")),
        (Minute with { Size = Seconds(3601), Slide = Seconds(60) }, new("slide", "A window is made of parts as long as what size and slide are multiples of (00:00:01), which are 3601 here, and at most 3600.", "Choose a slide that divides the size and is at least 00:00:01.0010000.")),
        (Minute with { Quantiles = [0.5, 0] }, new("quantiles", "0 is not between 0 and 1.", "For example [0.5, 0.95, 0.99]; 'min' and 'max' are always there.")),
        (Minute with { Quantiles = [1] }, new("quantiles", "1 is not between 0 and 1.", "For example [0.5, 0.95, 0.99]; 'min' and 'max' are always there.")),
        (Minute with { Quantiles = [double.NaN] }, new("quantiles", "NaN is not between 0 and 1.", "For example [0.5, 0.95, 0.99]; 'min' and 'max' are always there.")),
        (Minute with { Quantiles = [0.5, 0.9, 0.5] }, new("quantiles", "A quantile is named twice.", "Name it once.")),
        (Minute with { Statistics = new() { Baseline = TimeSpan.FromDays(7) } },
            new("statistics.baseline", "Only a window that is put together from another one has a baseline.", "Leave it out here, and declare a window that names this one in 'of'.")),
        (Minute with { Statistics = new() { BaselinePeriod = TimeSpan.FromDays(7) } },
            new("statistics.baselinePeriod", "There is no baseline.", "Give it one, for example \"baseline\": \"14d\", or leave the period out.")),
        (Minute with { Statistics = new() { Above = [1, double.PositiveInfinity] } }, new("statistics.above", "Infinity is no threshold.", "Use a number that a double can hold.")),
        (Minute with { Statistics = new() { Above = [1, 2, 1] } }, new("statistics.above", "A threshold is named twice.", "Name it once.")),
        (Minute with { Statistics = new() { Ewma = Ticks(10_000_001) } }, new("statistics.ewma", "A half-life is whole milliseconds.", "Round it.")),
        (Minute with { By = ["*", "host"] }, new("by", "'*' already means all labels.", "Use ['*'] alone, or name the labels.")),
        (Minute with { By = ["host", "host"] }, new("by", "A label is named twice.", "Name it once.")),
        (Minute with { Kind = WindowKind.Session }, new("gap", "A session ends with a silence, and nothing says how long that is.", "Give it a gap, for example \"30s\".")),
        (Minute with { Kind = WindowKind.Tumbling, Gap = Seconds(5) }, new("gap", "Only sessions have a gap, and this is a tumbling window.", "Leave the gap out, or write \"kind\": \"session\".")),
        (Minute with { Kind = WindowKind.Sliding, Gap = Seconds(5) }, new("gap", "Only sessions have a gap, and this is a sliding window.", "Leave the gap out, or write \"kind\": \"session\".")),
        (Session with { Gap = Seconds(61) }, new("gap", "The gap (00:01:01) is longer than the size (00:01:00), at which a session is cut.", "Make the gap at most as long as the size.")),
        (Session with { Gap = Ticks(50_000_001) }, new("gap", "The gap is whole milliseconds.", "Round it.")),
        (Session with { Slide = Seconds(10) }, new("slide", "A session window begins and ends with its samples, and has no slide.", "Leave the slide out, or write \"kind\": \"hopping\".")),
        (Minute with { Kind = WindowKind.Sliding, Slide = Seconds(10) }, new("slide", "A sliding window begins and ends with its samples, and has no slide.", "Leave the slide out, or write \"kind\": \"hopping\".")),
        (Minute with { Kind = WindowKind.Tumbling, Slide = Seconds(10) }, new("slide", "A tumbling window has no slide: the next begins where it ends.", "Leave the slide out, or write \"kind\": \"hopping\".")),
        (Minute with { Kind = WindowKind.Hopping }, new("slide", "A hopping window begins with every slide, and nothing says how long that is.", "Give it a slide, for example a sixth of the size.")),
    ];

    private static readonly WindowOptions[] Sound =
    [
        Minute, Session, Day, Hour, Minute with { Size = TimeSpan.FromDays(1), Slide = Seconds(60) }, Minute with { Slide = Seconds(60) }, Minute with { Slide = Seconds(10) },
        Minute with { Size = Seconds(3600), Slide = Seconds(1) }, Minute with { Quantiles = [0.0001, 0.9999] }, Minute with { Quantiles = [] }, Minute with { By = ["*"] }, Minute with { By = [] },
        Minute with { By = ["host", "zone"] }, Minute with { Statistics = new() { Above = [1, 2], Ewma = Ticks(10_010_000) } }, Session with { Gap = Seconds(60) }, Session with { Kind = WindowKind.Session },
        Session with { Gap = Seconds(0.001) }, Minute with { Kind = WindowKind.Sliding }, Minute with { Kind = WindowKind.Sliding, Size = Seconds(7200.001) },
        Minute with { Kind = WindowKind.Tumbling }, Minute with { Kind = WindowKind.Tumbling, Slide = Seconds(60) }, Minute with { Kind = WindowKind.Hopping, Slide = Seconds(60) },
        Day with { Statistics = new() { Baseline = TimeSpan.FromDays(7), BaselinePeriod = TimeSpan.FromDays(7) } },
    ];

    private static readonly (WindowOptions Window, WindowOptions Source, WindowProblem Problem)[] Long =
    [
        (Hour with { Of = "minutes" }, Minute, new("of", "There is no window 'minutes'.", "Name another window of this configuration.")),
        (Hour, Minute with { Kind = WindowKind.Sliding }, new("of", "Sessions and sliding windows are neither parts nor put together.", "Use tumbling or hopping windows.")),
        (Hour with { Kind = WindowKind.Sliding }, Minute, new("of", "Sessions and sliding windows are neither parts nor put together.", "Use tumbling or hopping windows.")),
        (Hour, Minute with { Of = "second" }, new("of", "'minute' is itself put together from another window.", "Name one that is made of samples.")),
        (Hour with { Metric = "other.value" }, Minute, NotOwn),
        (Hour with { By = ["host"] }, Minute, NotOwn),
        (Hour with { Statistics = new() { StandardDeviation = true } }, Minute, NotOwn),
        (Hour with { Where = new Dictionary<string, string> { ["zone"] = "a" } }, Minute, NotOwn),
        (Hour with { Size = Seconds(90) }, Minute, NoMultiple),
        (Hour with { Slide = Seconds(90) }, Minute, NoMultiple),
        (Hour with { Slide = Seconds(30) }, Minute, NoMultiple),
        (Hour with { Size = Seconds(60) }, Minute, NoMultiple),
        (Hour with { Size = TimeSpan.FromMinutes(51), Slide = Seconds(60) }, Minute, new("slide", "More than 50 windows would overlap.", "Choose a longer slide.")),
        (Hour, Minute with { Slide = Seconds(40) }, new("of", "The slide of 'minute' does not divide its size, so that its windows do not lie end to end.", "Choose a slide that does, there.")),
        (Compared(Hour, days: 6, period: 1.5), Minute, new("statistics.baselinePeriod", "The days of a baseline lie whole days apart, not 1.12:00:00.", "Use \"7d\", or leave it out for a day.")),
        (Compared(Hour, days: 1.5), Minute, new("statistics.baseline", "1.12:00:00 is no multiple of 1.00:00:00.", "Use one, for example \"7d\".")),
        (Compared(Hour, days: 7, period: 2), Minute, new("statistics.baseline", "7.00:00:00 is no multiple of 2.00:00:00.", "Use one, for example \"7d\".")),
        (Compared(Day with { Size = TimeSpan.FromHours(48), Slide = TimeSpan.FromHours(24) }, days: 7), Minute, NoneOfItsKind),
        (Compared(Day with { Size = TimeSpan.FromHours(20), Slide = TimeSpan.FromHours(5) }, days: 7), Minute, NoneOfItsKind),
        (Compared(Hour with { Size = TimeSpan.FromHours(7) }, days: 7), Minute, NoneOfItsKind),
    ];

    private static readonly (WindowOptions Window, WindowOptions Source)[] SoundLong =
    [
        (Hour, Minute), (Day, Minute), (Hour, Minute with { Slide = Seconds(20) }), (Hour with { Size = TimeSpan.FromMinutes(50), Slide = Seconds(60) }, Minute), (Hour with { Size = Seconds(120) }, Minute),
        (Hour with { Metric = "load.value", By = ["host"] }, Minute with { By = ["host"] }), (Hour with { Statistics = new() { Increase = true } }, Minute with { Statistics = new() { Increase = true } }),
        (Hour with { Where = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } }, Minute with { Where = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } }),
        (Hour, Minute with { By = [], Statistics = new() { Increase = true }, Where = new Dictionary<string, string> { ["a"] = "1" } }),
        (Compared(Hour, days: 7), Minute), (Compared(Day with { Slide = null }, days: 14, period: 7), Minute), (Compared(Day with { Size = TimeSpan.FromDays(7), Slide = TimeSpan.FromDays(1) }, days: 14, period: 7), Minute),
    ];

    private static WindowProblem NotOwn => new("of", "Metric, by, where and statistics are those of 'minute'.", "Leave them out here.");
    private static WindowProblem NoMultiple => new("size", "Size and slide are no multiples of the size of 'minute' (00:01:00).", "Choose multiples of it.");

    private static WindowProblem NoneOfItsKind => new("statistics.baseline",
        "A window has none of its kind 1 d before: its size is longer, or its slide does not divide that.", "Choose a size of at most that and a slide that divides it, for example \"1h\".");

    [Fact]
    public void Every_mistake_is_told_with_its_place_and_remedy_and_nothing_beside_it() =>
        Assert.All(Single, c => Assert.Equal(c.Problem, Assert.Single(WindowProblem.Of(c.Window))));

    [Fact]
    public void Windows_at_the_limits_are_sound() => Assert.All(Sound, w => Assert.Empty(WindowProblem.Of(w)));

    [Fact]
    public void Every_mistake_of_a_long_window_is_told_with_its_place_and_remedy() =>
        Assert.All(Long, c => Assert.Equal(c.Problem, Assert.Single(LongWindows.Problems(c.Window, [c.Window, c.Source]))));

    [Fact]
    public void Long_windows_at_the_limits_are_sound() => Assert.All(SoundLong, c => Assert.Empty(LongWindows.Problems(c.Window, [c.Source, c.Window])));

    [Fact]
    public void A_long_window_has_what_the_window_has_that_it_is_made_of()
    {
        var source = Minute with
        {
            By = ["host"], Where = new Dictionary<string, string> { ["zone"] = "a" }, RelativeError = 0.05, MaxGroups = 7, Lateness = Seconds(9), Statistics = new() { Increase = true },
        };
        var (resolved, late) = (Resolved(Compared(Hour, days: 14, period: 7)), Resolved(Hour with { Lateness = Seconds(10) }));
        Assert.Equal(("load.value", source.By, source.Where, 0.05, 7, Seconds(9)), (resolved.Metric, resolved.By, resolved.Where, resolved.RelativeError, resolved.MaxGroups, resolved.Lateness));
        Assert.Equal(source.Statistics with { Baseline = TimeSpan.FromDays(14), BaselinePeriod = TimeSpan.FromDays(7) }, resolved.Statistics);
        Assert.Equal((Hour.Size, Seconds(10)), (resolved.Size, late.Lateness));

        WindowOptions Resolved(WindowOptions window)
        {
            var both = LongWindows.Resolve([source, window]);
            Assert.Same(source, both[0]);
            return both[1];
        }
    }

    private static WindowOptions Compared(WindowOptions window, double days, double period = 1) => window with
    {
        Statistics = new() { Baseline = TimeSpan.FromDays(days), BaselinePeriod = period == 1 ? null : TimeSpan.FromDays(period) },
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}
