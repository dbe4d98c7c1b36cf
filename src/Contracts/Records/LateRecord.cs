namespace Pipeline.Contracts;

/// <summary>A value that came after the windows it belongs to were final.</summary>
/// <param name="Time">Event time, Unix milliseconds.</param>
/// <param name="Watermark">The watermark that it missed, Unix milliseconds.</param>
/// <param name="Offset">Where it is in its partition of the input.</param>
/// <param name="MissedEnds">The ends of the windows that do not contain it, Unix milliseconds.</param>
public sealed record LateRecord(
    string Window, string Metric, LabelSet Labels, long Time, double Value, long Watermark, long Offset, long[] MissedEnds);
