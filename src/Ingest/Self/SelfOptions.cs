using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Ingest.Self;

/// <summary>How the program observes itself.</summary>
public sealed record SelfOptions
{
    [Description("Time between two looks, which fall on whole multiples of it.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
}
