using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The results of a window, merged over places and times.</summary>
/// <param name="Groups">By metric, then labels.</param>
public sealed record MergedResults(IReadOnlyList<MergedGroup> Groups, LeftOutOfMerge LeftOut);

/// <summary>What results of one metric, alike in the labels that were kept, say together.</summary>
/// <param name="Result">From the first start to the last end, as if all samples were in one window: with a sketch and states, so that it can be merged again.</param>
/// <param name="Parts">How many results it was merged from.</param>
public sealed record MergedGroup(WindowResult Result, int Parts);

/// <summary>Results that are not in a merge, by reason.</summary>
/// <param name="Overlapping">They overlap one that is: their samples are counted there, or in the one before.</param>
/// <param name="Unlabelled">They lack one of the labels that are kept.</param>
/// <param name="WithoutSketch">They cannot be merged.</param>
/// <param name="Unreadable">They, or their sketch or states, cannot be read.</param>
public sealed record LeftOutOfMerge(long Overlapping, long Unlabelled, long WithoutSketch, long Unreadable);
