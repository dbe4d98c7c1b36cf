using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The newest window of a series, as far as a verdict needs it. Times in Unix milliseconds.</summary>
public readonly record struct SeriesReading(string Window, string Metric, LabelSet Labels, long Start, long End, long Count, double Mean)
{
    public long Size => End - Start;
}
