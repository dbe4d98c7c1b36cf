using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Processing;

/// <summary>A window as the operator declares it.</summary>
public sealed record WindowOptions
{
    [Description("The name that its results carry.")]
    [Required, RegularExpression("[A-Za-z0-9_.-]{1,100}")]
    public string Name { get; init; } = "";

    [Description("The window whose results it is put together from, where it is long: metric, groups, statistics and accuracy are those of that window, and the size is a multiple of its size.")]
    [RegularExpression("[A-Za-z0-9_.-]{1,100}")]
    public string? Of { get; init; }

    [Description("The metric, as kind.value. A '*' at the end takes every metric that begins so; each has windows of its own.")]
    [RegularExpression(@"[^\s*]{0,300}\*?")]
    public string Metric { get; init; } = "";

    [Description("The labels to group by. ['*'] groups by all labels, so that every series has windows of its own; [] puts all series together. A sample that lacks one of the labels is left out and counted as filtered.")]
    public IReadOnlyList<string> By { get; init; } = ["*"];

    [Description("tumbling, hopping, sliding (every event ends a window of its own) or session (ended by a silence as long as the gap). Unless given: session where there is a gap, hopping where there is a slide, else tumbling.")]
    public WindowKind? Kind { get; init; }

    [Description("How long a window is; more than a day only with 'of'. For sessions, how long one may become: they are cut at every full multiple of it.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "31.00:00:00")]
    public TimeSpan Size { get; init; } = TimeSpan.FromMinutes(1);

    [Description("Of hopping windows: from the start of one window to the start of the next; at most the size. Without it windows do not overlap.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "31.00:00:00")]
    public TimeSpan? Slide { get; init; }

    [Description("Of sessions: a silence this long ends one; at most the size.")]
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? Gap { get; init; }

    [Description("How long after its end a window still takes late samples; each round of them republishes it with a higher revision. Sliding windows and sessions take samples that are at most this late.")]
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(2);

    [Description("The quantiles to publish, each between 0 and 1.")]
    public IReadOnlyList<double> Quantiles { get; init; } = [0.5, 0.95, 0.99];

    [Description("Only samples whose labels have these texts.")]
    public IReadOnlyDictionary<string, string> Where { get; init; } = new Dictionary<string, string>();

    [Description("The guaranteed relative error of the quantiles.")]
    [Range(0.0002, 0.2)]
    public double RelativeError { get; init; } = 0.01;

    [Description("Further statistics; none unless asked for.")]
    public StatisticsOptions Statistics { get; init; } = new();

    [Description("Whether results carry the sketch that quantiles over several places and times are computed from, and the states of further statistics.")]
    public bool Sketch { get; init; } = true;

    [Description("At most so many groups in each part that windows are made of (as long as the slide, where it divides the size); samples of further ones are put together in a group of their own, with the label 'overflow'.")]
    [Range(1, 10_000_000)]
    public int MaxGroups { get; init; } = 100_000;

    /// <summary>The kind as given, or as what is given says.</summary>
    public WindowKind KindOrInferred =>
        Kind ?? (Gap is not null ? WindowKind.Session : Slide is null || Slide == Size ? WindowKind.Tumbling : WindowKind.Hopping);
}
