using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Processing;

/// <summary>What holds for all windows.</summary>
public sealed record ProcessingOptions
{
    [Description("A record whose time is further ahead of the log's clock than this is not believed; it goes to the dead-letter topic.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxFuture { get; init; } = TimeSpan.FromSeconds(30);

    [Description("A node not heard for this long, while others are, no longer holds back the watermark.")]
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00")]
    public TimeSpan QuietAfter { get; init; } = TimeSpan.FromSeconds(15);

    [Description("How many series a partition remembers by their bytes; beyond, the memory starts over.")]
    [Range(1000, 10_000_000)]
    public int MaxSeries { get; init; } = 200_000;

    [Description("Of how many sources a partition remembers which numbered observations it has seen, so that none counts twice; beyond, the source unheard for the longest is forgotten. This is part of every progress record, up to 250 bytes for a source.")]
    [Range(1, 10_000)]
    public int MaxSources { get; init; } = 256;
}
