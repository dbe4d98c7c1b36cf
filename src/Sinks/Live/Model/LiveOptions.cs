using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Sinks;

/// <summary>What the live read model keeps, and for how many it streams.</summary>
public sealed record LiveOptions
{
    [Description("How long results stay on the live page and in its interface, in event time; a long window stays by its size longer.")]
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(1);

    [Description("At most so many series; beyond, the one that was updated least recently goes.")]
    [Range(1, 1_000_000)]
    public int MaxSeries { get; init; } = 20_000;

    [Description("At most so many results over all series (about 190 bytes each); beyond, the oldest goes.")]
    [Range(1, 10_000_000)]
    public int MaxPoints { get; init; } = 300_000;

    [Description("At most so many live streams at once; further ones are refused.")]
    [Range(1, 100_000)]
    public int MaxClients { get; init; } = 1000;

    [Description("A live stream that is this many seconds' events behind is closed, so that it connects and fetches again.")]
    [Range(1, 600)]
    public int MaxClientQueue { get; init; } = 10;
}
