using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Processing;

/// <summary>A few numbers kept in ascending order.</summary>
internal static class SortedValues
{
    /// <summary>Up to so many, keeping them costs less than counting them by bucket.</summary>
    public const int Most = 128;

    /// <param name="values">The numbers, and room for one more.</param>
    public static void Insert(Span<double> values, double value)
    {
        var at = Below(values[..^1], value);
        values[at..^1].CopyTo(values[(at + 1)..]);
        values[at] = value;
    }

    public static void Remove(Span<double> values, double value)
    {
        var at = Below(values, value);
        values[(at + 1)..].CopyTo(values[at..]);
    }

    /// <summary>Puts one number in the place of another, moving only what lies between.</summary>
    public static void Replace(Span<double> values, double old, double value)
    {
        var (from, to) = Below(values, old, value);
        if (to > from) values[(from + 1)..to--].CopyTo(values[from..]);
        else values[to..from].CopyTo(values[(to + 1)..]);
        values[to] = value;
    }

    public static void Sort(Span<double> values)
    {
        if (values.Length > 24) { values.Sort(); return; }
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var at = i;
            for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
            values[at] = value;
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

    private static int Below(ReadOnlySpan<double> values, double value) => Below(values, value, value).First;

    /// <summary>How many are less than one number, and how many are less than another: both in one pass, without a branch.</summary>
    private static (int First, int Second) Below(ReadOnlySpan<double> values, double first, double second)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var (firsts, seconds) = (Vector256.Create(first), Vector256.Create(second));
        Vector256<long> belowFirst = default, belowSecond = default;
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var four = Vector256.LoadUnsafe(ref start, (nuint)i);
            belowFirst -= Vector256.LessThan(four, firsts).AsInt64(); // a lane that is less is -1
            belowSecond -= Vector256.LessThan(four, seconds).AsInt64();
        }
        var (a, b) = ((int)Vector256.Sum(belowFirst), (int)Vector256.Sum(belowSecond));
        for (; i < values.Length; i++)
        {
            a += values[i] < first ? 1 : 0;
            b += values[i] < second ? 1 : 0;
        }
        return (a, b);
    }
}
