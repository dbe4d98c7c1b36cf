using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What a statistic needs to know of a sample beside its number.</summary>
/// <param name="Series">The hash of its labels.</param>
/// <param name="Text">The hash of its text under the label that is counted; 0 where it has none.</param>
internal readonly record struct SampleTag(ulong Series, ulong Text)
{
    /// <param name="counted">The label whose texts are counted, or null.</param>
    public static SampleTag Of(LabelSet labels, string? counted) =>
        new(TextHash.Of(labels.ToString()), counted is not null && labels[counted] is { } text ? TextHash.Of(text) : 0);
}
