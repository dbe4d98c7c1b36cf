namespace Pipeline.Processing;

/// <summary>One value of a series.</summary>
/// <param name="Cause">The offset of the record it came with.</param>
/// <param name="Time">Event time, Unix milliseconds.</param>
/// <param name="Series">Its number in the batch's <see cref="SeriesTable"/>.</param>
public readonly record struct Sample(long Cause, long Time, double Value, int Series);
