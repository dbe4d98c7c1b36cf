namespace Pipeline.Contracts;

/// <summary>A value that came after the windows it belongs to were final.</summary>
/// <param name="Window">The name of the window in the configuration.</param>
/// <param name="Metric">The metric, <c>kind.value</c>, with its unit in the name.</param>
/// <param name="Labels">The labels of the window's group.</param>
/// <param name="Time">Event time, Unix milliseconds.</param>
/// <param name="Value">In the unit of the metric.</param>
/// <param name="Watermark">The watermark that it missed, Unix milliseconds.</param>
/// <param name="Offset">Where it is in its partition of the input.</param>
/// <param name="MissedEnds">The ends of the windows that do not contain it, Unix milliseconds; of sliding windows and sessions, of the one that it would have made alone.</param>
public sealed record LateRecord(
    string Window, string Metric, LabelSet Labels, long Time, double Value, long Watermark, long Offset, long[] MissedEnds);
