namespace Pipeline.Processing;

/// <param name="Time">Event time, Unix milliseconds.</param>
internal readonly record struct TimedValue(double Value, long Time);
