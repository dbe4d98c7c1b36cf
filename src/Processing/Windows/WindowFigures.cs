namespace Pipeline.Processing;

/// <summary>The figures of the samples of a group in a window. First and last go by event time, in Unix milliseconds.</summary>
public readonly record struct WindowFigures(
    long Count, double Sum, double Min, double Max, double First, long FirstTime, double Last, long LastTime)
{
    /// <summary>0 where there are none.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;

    /// <summary>Per second, between the first and the last sample; null where they are of one instant.</summary>
    public double? Rate => LastTime > FirstTime
        ? Summary.Finite((Last / (LastTime - FirstTime) - First / (LastTime - FirstTime)) * 1000)
        : null;
}
