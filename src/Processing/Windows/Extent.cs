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
        var (min, max) = (Math.Min(Math.Min(mins[0], mins[1]), Math.Min(mins[2], mins[3])), Math.Max(Math.Max(maxs[0], maxs[1]), Math.Max(maxs[2], maxs[3])));
        for (; i < values.Length; i++) (min, max) = (Math.Min(min, values[i]), Math.Max(max, values[i]));
        return new Extent(SortedValues.Sum(values), min, max);
    }

    public Extent Plus(in Extent next) =>
        new(Summary.Finite(Sum + next.Sum), next.Min < Min ? next.Min : Min, next.Max > Max ? next.Max : Max);
}
