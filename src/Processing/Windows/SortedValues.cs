using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Processing;

/// <summary>A few numbers kept in ascending order.</summary>
internal static class SortedValues
{
    /// <summary>Up to so many, keeping them costs less than counting them by bucket.</summary>
    public const int Most = 128;

    /// <summary>Up to so many are sorted by comparing all with all.</summary>
    private const int Few = 16;

    /// <summary>Takes numbers out and puts others in.</summary>
    /// <param name="values">The numbers, and room for as many as there will be.</param>
    /// <param name="old">Each of them is among the numbers.</param>
    [SkipLocalsInit]
    public static void Exchange(Span<double> values, int count, ReadOnlySpan<double> old, ReadOnlySpan<double> added)
    {
        var passes = new SortedPasses(stackalloc double[SortedPasses.Room], values[..count], count + Math.Max(0, added.Length - old.Length));
        var both = Math.Min(old.Length, added.Length);
        for (var i = 0; i < both; i++) passes.Replace(old[i], added[i]);
        for (var i = both; i < old.Length; i++) passes.Remove(old[i]);
        for (var i = both; i < added.Length; i++) passes.Insert(added[i]);
        passes.CopyTo(values);
    }

    public static void Sort(Span<double> values)
    {
        if (values.Length == 2) (values[0], values[1]) = (double.MinNative(values[0], values[1]), double.MaxNative(values[0], values[1]));
        else if (values.Length is > 2 and <= Few) SortFew(values);
        else values.Sort();
    }

    /// <summary>Each goes where as many are less: nothing for the processor to guess.</summary>
    [SkipLocalsInit]
    private static void SortFew(Span<double> values)
    {
        Span<double> few = stackalloc double[Few];
        few.Fill(double.PositiveInfinity);
        values.CopyTo(few);
        ref var first = ref MemoryMarshal.GetReference(few);
        for (var i = 0; i < values.Length; i++)
        {
            var (value, earlier, place) = (Vector256.Create(few[i]), (1UL << i) - 1, 0);
            for (var from = 0; from < values.Length; from += 4)
            {
                var four = Vector256.LoadUnsafe(ref first, (nuint)from);
                var (less, equal) = (Vector256.LessThan(four, value).ExtractMostSignificantBits(), Vector256.Equals(four, value).ExtractMostSignificantBits());
                place += BitOperations.PopCount(less | equal & earlier >> from);
            }
            values[place] = few[i];
        }
    }

    /// <summary>Their sum, always added up in the same pattern, so that equal multisets have equal sums to the last bit.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var lanes = Vector256<double>.Zero;
        var i = 0;
        for (; i <= values.Length - 4; i += 4) lanes += Vector256.LoadUnsafe(ref first, (nuint)i);
        var sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
        for (; i < values.Length; i++) sum += values[i];
        return double.IsFinite(sum) ? sum : SumWithinRange(values);
    }

    /// <summary>One after the other; where the sum leaves the range of numbers, it stays at its end.</summary>
    public static double SumWithinRange(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum = Summary.Finite(sum + value);
        return sum;
    }
}
