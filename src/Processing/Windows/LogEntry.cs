namespace Pipeline.Processing;

/// <summary>One sample of a slice, as it came.</summary>
/// <param name="Group">The number of its group.</param>
/// <param name="Time">Milliseconds since the slice began.</param>
internal readonly record struct LogEntry(int Group, int Time, double Value);
