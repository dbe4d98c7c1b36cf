using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Processing;

/// <summary>What is put together from parts but cannot be taken apart again.</summary>
internal readonly record struct Extent(double Sum, double Min, double Max)
{
    public static Extent Empty { get; } = new(0, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Of samples in the order in which they came.</summary>
    public static Extent Of(ReadOnlySpan<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (mins, maxs) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var four = Vector256.LoadUnsafe(ref first, (nuint)i);
            (mins, maxs) = (Vector256.MinNative(mins, four), Vector256.MaxNative(maxs, four));
        }
        var (min, max) = (Least(Least(mins[0], mins[1]), Least(mins[2], mins[3])), Greatest(Greatest(maxs[0], maxs[1]), Greatest(maxs[2], maxs[3])));
        for (; i < values.Length; i++) (min, max) = (Least(min, values[i]), Greatest(max, values[i]));
        return new Extent(SortedValues.Sum(values), min, max);
    }

    public Extent Plus(in Extent next) =>
        new(Summary.Finite(Sum + next.Sum), Least(Min, next.Min), Greatest(Max, next.Max));

    /// <summary>No sample is not a number, or a negative zero.</summary>
    private static double Least(double a, double b) => double.MinNative(a, b);

    private static double Greatest(double a, double b) => double.MaxNative(a, b);
}
