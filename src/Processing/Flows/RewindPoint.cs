using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What a stage must remember to come back to the state it is in.</summary>
/// <param name="Offset">The earliest input that an open window still needs.</param>
/// <param name="Watermark">The watermark as it stood before that input.</param>
/// <param name="MaxTime">The latest event time accepted so far, Unix milliseconds.</param>
/// <param name="Since">By window definition, the event time from which its windows are whole.</param>
/// <param name="Sequences">What had been seen before that input of the sources that number their observations; null where there are none.</param>
public sealed record RewindPoint(
    long Offset, WatermarkRecord Watermark, long MaxTime, IReadOnlyDictionary<string, long> Since, IReadOnlyList<SeenSequences>? Sequences = null);
