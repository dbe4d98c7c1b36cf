namespace Pipeline.Processing;

/// <param name="Time">Event time, Unix milliseconds.</param>
internal readonly record struct StatisticSample(long Time, double Value, SampleTag Tag);
