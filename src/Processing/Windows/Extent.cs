namespace Pipeline.Processing;

/// <summary>What is put together from parts but cannot be taken apart again.</summary>
internal readonly record struct Extent(double Sum, double Min, double Max)
{
    public static Extent Empty { get; } = new(0, double.PositiveInfinity, double.NegativeInfinity);

    public Extent Plus(in Extent next) =>
        new(Summary.Finite(Sum + next.Sum), next.Min < Min ? next.Min : Min, next.Max > Max ? next.Max : Max);
}
