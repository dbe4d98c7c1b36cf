namespace Pipeline.Processing;

/// <summary>The least that a mean over several windows can be computed from: a monoid of 0 and <see cref="Plus"/>, commutative to the last bit.</summary>
internal readonly record struct SampleTotal(long Count, double Sum)
{
    /// <summary>Finite; 0 where there are no samples.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;

    public SampleTotal Plus(SampleTotal other) => new(Count + other.Count, Summary.Finite(Sum + other.Sum));
}
