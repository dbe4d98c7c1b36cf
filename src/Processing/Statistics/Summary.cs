namespace Pipeline.Processing;

/// <summary>
/// What is kept of the samples of one group in one slice: a monoid with the empty summary and <see cref="Merge"/>. First and last go by
/// event time; of samples of one instant the first added is first and the last added is last. Not for two threads at once.
/// </summary>
public sealed class Summary(int sketchBits)
{
    internal Summary(int sketchBits, StatisticSet? statistics) : this(sketchBits) => Statistics = statistics?.Empty();

    public long Count { get; private set; }
    public double Sum { get; private set; }
    public double Min { get; private set; } = double.PositiveInfinity;
    public double Max { get; private set; } = double.NegativeInfinity;
    public double First { get; private set; }
    public long FirstTime { get; private set; } = long.MaxValue;
    public double Last { get; private set; }
    public long LastTime { get; private set; } = long.MinValue;
    public QuantileSketch Sketch { get; private set; } = new(sketchBits);

    /// <summary>The further statistics of the same samples, where a window asks for any; kept here, but not added to and merged with the rest.</summary>
    internal StatisticStates? Statistics { get; }

    /// <summary>Of samples, of which there is at least one.</summary>
    internal WindowFigures Figures => new(Count, Sum, Min, Max, First, FirstTime, Last, LastTime);

    /// <summary>The quantile of a rank, never beyond the least and the greatest sample, as the middle of a bucket may be.</summary>
    internal double Quantile(double rank) => Math.Clamp(Sketch.Quantile(rank), Min, Max);

    /// <param name="time">Event time, Unix milliseconds.</param>
    public void Add(long time, double value)
    {
        Count++;
        Sum = Finite(Sum + value);
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        if (time < FirstTime) (First, FirstTime) = (value, time);
        if (time >= LastTime) (Last, LastTime) = (value, time);
        Sketch.Add(value);
    }

    public void Merge(Summary other)
    {
        Count += other.Count;
        Sum = Finite(Sum + other.Sum);
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        if (other.FirstTime < FirstTime) (First, FirstTime) = (other.First, other.FirstTime);
        if (other.LastTime >= LastTime) (Last, LastTime) = (other.Last, other.LastTime);
        Sketch.Merge(other.Sketch);
    }

    /// <summary>The summary that a published result speaks of.</summary>
    /// <exception cref="FormatException">Its sketch cannot be read, or no samples have these figures.</exception>
    public static Summary Of(Contracts.WindowResult result)
    {
        var sketch = SketchEncoding.Decode(result.Sketch);
        if (sketch.Count == 0 || sketch.Count != result.Count)
            throw new FormatException($"It counts {result.Count} samples, its sketch {sketch.Count}.");
        if (!Array.TrueForAll([result.Sum, result.Min, result.Max, result.First, result.Last], double.IsFinite))
            throw new FormatException("One of its figures is not finite.");
        return new Summary(sketch.Bits)
        {
            Count = result.Count, Sum = result.Sum, Min = result.Min, Max = result.Max, First = result.First, FirstTime = result.FirstTime,
            Last = result.Last, LastTime = result.LastTime, Sketch = sketch,
        };
    }

    /// <summary>JSON has no infinity, and a sum of finite numbers can reach it.</summary>
    internal static double Finite(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);
}
