using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Pipeline.Processing;

/// <summary>The figures that a window publishes beside those that every window has, as the operator declares them.</summary>
public sealed record StatisticsOptions
{
    public const int MaxThresholds = 16;

    [Description("Publish the standard deviation of the samples (population), as 'standardDeviation'.")]
    public bool StandardDeviation { get; init; }

    [Description("For counters: publish how much they rose ('increase') and that per second of the window ('increaseRate'), each series by itself and then summed. A lower value is a reset to 0. All samples of a window are kept for it.")]
    public bool Increase { get; init; }

    [Description("Thresholds in the unit of the metric: publish the share of the samples above each, as 'above'.")]
    [MaxLength(MaxThresholds)]
    public IReadOnlyList<double> Above { get; init; } = [];

    [Description("A label: publish how many different texts the samples have under it, as 'distinct'. Exact up to 128, within 1.6 % (standard error) beyond.")]
    [MinLength(1), RegularExpression(@"\S{1,100}")]
    public string? Distinct { get; init; }

    [Description("A half-life: publish the mean in which the weight of a sample halves with every such time before the latest one, as 'ewma'.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan? Ewma { get; init; }

    [Description("Of windows that are put together from others ('of'), whole days: publish the mean of all samples that the same window had on so many days before, as 'baseline', how far its own mean lies above that, as a share of it, as 'change', and on how many of the days there were samples, as 'baselineDays'. Days are those of UTC.")]
    [Range(typeof(TimeSpan), "1.00:00:00", "14.00:00:00")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // not in the ids of windows without
    public TimeSpan? Baseline { get; init; }

    [Description("How far the days of a baseline lie apart: a day unless given; '7d' compares Mondays with Mondays.")]
    [Range(typeof(TimeSpan), "1.00:00:00", "7.00:00:00")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? BaselinePeriod { get; init; }

    /// <summary>The period of a baseline, as given or as it is without.</summary>
    public TimeSpan PeriodOrDay => BaselinePeriod ?? TimeSpan.FromDays(1);
}
