using System.Numerics;

namespace Pipeline.Processing;

/// <summary>
/// How many different 64-bit hashes there were, from the largest rank seen in each of 2^12 registers (Flajolet, Fusy, Gandouet, Meunier:
/// HyperLogLog, 2007), with a standard error of 1.04 / sqrt(2^12) = 1.6 %. The estimate is the improved one of Ertl (New cardinality
/// estimation algorithms for HyperLogLog sketches, 2017), which needs no table of corrections and, of the functions that differ from machine
/// to machine, none. The registers depend on the set of hashes alone.
/// </summary>
internal static class HyperLogLog
{
    public const int Bits = 12;
    public const int Registers = 1 << Bits;

    /// <summary>What remains of a hash behind the number of its register has this many bits.</summary>
    private const int Rest = 64 - Bits;

    /// <summary>The highest rank.</summary>
    public const int MaxRank = Rest + 1;

    /// <summary>1 / (2 ln 2), what the estimate tends to with many registers.</summary>
    private const double Alpha = 0.72134752044448170368;

    public static void Add(Span<byte> registers, ulong hash)
    {
        var rank = (byte)(1 + Math.Min(Rest, BitOperations.LeadingZeroCount(hash << Bits)));
        ref var register = ref registers[(int)(hash >> Rest)];
        register = Math.Max(register, rank);
    }

    public static void Merge(Span<byte> registers, ReadOnlySpan<byte> others)
    {
        for (var i = 0; i < Registers; i += Vector<byte>.Count)
            Vector.Max(new Vector<byte>(registers[i..]), new Vector<byte>(others[i..])).CopyTo(registers[i..]);
    }

    public static long Estimate(ReadOnlySpan<byte> registers)
    {
        Span<int> withRank = stackalloc int[MaxRank + 1];
        withRank.Clear();
        foreach (var rank in registers) withRank[rank]++;
        if (withRank[0] == Registers) return 0;
        var z = Registers * Tau(1 - (double)withRank[MaxRank] / Registers);
        for (var rank = Rest; rank > 0; rank--) z = (z + withRank[rank]) * 0.5;
        z += Registers * Sigma((double)withRank[0] / Registers);
        return (long)Math.Min(Math.Round(Alpha * Registers * Registers / z), 1L << 62);
    }

    /// <summary>x + the sum over k of x^(2^k) 2^(k-1), for the registers that nothing fell into.</summary>
    private static double Sigma(double x)
    {
        var (sum, factor, before) = (x, 1.0, -1.0);
        while (sum != before)
        {
            x *= x;
            (before, sum, factor) = (sum, sum + x * factor, factor * 2);
        }
        return sum;
    }

    /// <summary>The counterpart of <see cref="Sigma"/> for the registers that are full.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (sum, factor, before) = (1 - x, 1.0, -1.0);
        while (sum != before)
        {
            x = Math.Sqrt(x);
            factor *= 0.5;
            (before, sum) = (sum, sum - (1 - x) * (1 - x) * factor);
        }
        return sum / 3;
    }
}
