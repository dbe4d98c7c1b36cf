using System.Numerics;

namespace Pipeline.Processing;

/// <summary>10^k from -292 to 324, each as the 128 highest bits of its binary form, rounded up.</summary>
internal static class PowersOfTen
{
    private const int Least = -292;
    private const int Greatest = 324;
    private static readonly (ulong High, ulong Low)[] All = [.. Enumerable.Range(Least, Greatest - Least + 1).Select(Bits)];

    public static (ulong High, ulong Low) Of(int exponent) => All[exponent - Least];

    private static (ulong, ulong) Bits(int exponent)
    {
        BigInteger bits;
        if (exponent >= 0)
        {
            var power = BigInteger.Pow(10, exponent);
            var surplus = (int)power.GetBitLength() - 128;
            bits = surplus <= 0 ? power << -surplus : RoundedUp(power, BigInteger.One << surplus);
        }
        else
        {
            var power = BigInteger.Pow(10, -exponent);
            bits = RoundedUp(BigInteger.One << ((int)power.GetBitLength() + 127), power);
        }
        return ((ulong)(bits >> 64), (ulong)(bits & ulong.MaxValue));
    }

    private static BigInteger RoundedUp(BigInteger dividend, BigInteger divisor) => (dividend + divisor - 1) / divisor;
}
