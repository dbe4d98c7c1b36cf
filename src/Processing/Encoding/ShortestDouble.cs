using System.Buffers.Text;

namespace Pipeline.Processing;

/// <summary>
/// Writes the shortest decimal that reads as the same double, the nearest one where there are several (Giulietti, "The Schubfach way to
/// render doubles", 2021). Several times as fast as the runtime's own way, and a result has ten numbers.
/// </summary>
public static class ShortestDouble
{
    /// <summary>No number takes more bytes.</summary>
    public const int MaxLength = 25;
    private const int FractionBits = 52;
    private const int Bias = 1023 + FractionBits;

    /// <param name="value">A finite number.</param>
    /// <returns>How many bytes it is.</returns>
    public static int Write(Span<byte> to, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var length = 0;
        if (value < 0) to[length++] = (byte)'-';
        if (value == 0) to[length++] = (byte)'0';
        if (value == 0) return length;
        var (digits, exponent) = Decimal(bits & ((1UL << FractionBits) - 1), (int)(bits >> FractionBits) & 0x7ff);
        return length + Write(to[length..], digits, exponent);
    }

    private static (ulong Digits, int Exponent) Decimal(ulong fraction, int biased)
    {
        var c = biased == 0 ? fraction : fraction | 1UL << FractionBits;
        var q = Math.Max(biased, 1) - Bias;
        if (q is <= 0 and > -FractionBits - 1 && (c & ((1UL << -q) - 1)) == 0) return (c >> -q, 0);
        var isCloserBelow = fraction == 0 && biased > 1;
        var k = (q * 1262611 - (isCloserBelow ? 524031 : 0)) >> 22; // floor(log10) of the width of the interval
        var h = q + ((-k * 1741647) >> 19) + 1;
        var power = PowersOfTen.Of(-k);
        var odd = c & 1;
        var lower = RoundToOdd(power, (4 * c - 2 + (isCloserBelow ? 1UL : 0)) << h) + odd;
        var middle = RoundToOdd(power, (4 * c) << h);
        var upper = RoundToOdd(power, (4 * c + 2) << h) - odd;
        var s = middle / 4;
        if (s >= 10)
        {
            var tens = s / 10;
            var (isDown, isUp) = (lower <= 40 * tens, 40 * tens + 40 <= upper);
            if (isDown != isUp) return (tens + (isUp ? 1UL : 0), k + 1);
        }
        var (isInside, isNextInside) = (lower <= 4 * s, 4 * s + 4 <= upper);
        if (isInside != isNextInside) return (s + (isNextInside ? 1UL : 0), k);
        var half = 4 * s + 2;
        return (s + (middle > half || middle == half && (s & 1) != 0 ? 1UL : 0), k);
    }

    private static ulong RoundToOdd((ulong High, ulong Low) power, ulong factor)
    {
        var low = Math.BigMul(power.Low, factor, out _);
        var high = Math.BigMul(power.High, factor, out var carried);
        carried += low;
        if (carried < low) high++;
        return high | (carried > 1 ? 1UL : 0);
    }

    private static int Write(Span<byte> to, ulong digits, int exponent)
    {
        var isWhole = exponent == 0 && digits < 100_000_000_000_000_000;
        while (!isWhole && digits % 10 == 0) (digits, exponent) = (digits / 10, exponent + 1);
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(digits, text, out var count);
        text = text[..count];
        var point = count + exponent;
        if (point is <= 0 and > -6)
        {
            "0.00000"u8[..(2 - point)].CopyTo(to);
            text.CopyTo(to[(2 - point)..]);
            return 2 - point + count;
        }
        if (point > 0 && point <= 17) return WriteFixed(to, text, point);
        to[0] = text[0];
        var length = 1;
        if (count > 1)
        {
            to[length++] = (byte)'.';
            text[1..].CopyTo(to[length..]);
            length += count - 1;
        }
        to[length++] = (byte)'e';
        Utf8Formatter.TryFormat(point - 1, to[length..], out count);
        return length + count;
    }

    private static int WriteFixed(Span<byte> to, ReadOnlySpan<byte> digits, int point)
    {
        if (point >= digits.Length)
        {
            digits.CopyTo(to);
            to[digits.Length..point].Fill((byte)'0');
            return point;
        }
        digits[..point].CopyTo(to);
        to[point] = (byte)'.';
        digits[point..].CopyTo(to[(point + 1)..]);
        return digits.Length + 1;
    }
}
