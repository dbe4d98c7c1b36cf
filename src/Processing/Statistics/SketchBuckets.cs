namespace Pipeline.Processing;

/// <summary>
/// Which bucket a number falls into. A bucket's key is the exponent and the first mantissa bits of the number's magnitude, read as an
/// integer, with the number's sign: keys are in the order of the numbers. Zero, and whatever is too small for a normal double, has key 0.
/// </summary>
internal static class SketchBuckets
{
    public const int MinBits = 1;
    public const int MaxBits = 12;
    private const int MantissaBits = 52;
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const int ZeroExponent = 1023;
    private const int GreatestExponent = 2046;

    private static readonly double[]?[] Middles = new double[MaxBits + 1][];

    /// <summary>The fewest bits that keep within a relative error.</summary>
    public static int BitsFor(double relativeError)
    {
        for (var bits = MinBits; bits <= MaxBits; bits++)
            if (RelativeError(bits) <= relativeError) return bits;
        throw new ArgumentOutOfRangeException(nameof(relativeError), relativeError, $"The finest is {RelativeError(MaxBits)}.");
    }

    /// <summary>A bucket [a, b) answers 2ab/(a + b), which is off by (b - a)/(a + b) at most; the widest one has b/a = 1 + 2^-bits.</summary>
    public static double RelativeError(int bits) => 1.0 / ((2 << bits) + 1);

    public static int Of(double value, int bits)
    {
        var magnitude = Math.Abs(value);
        if (magnitude < SmallestNormal) return 0;
        var key = (int)(BitConverter.DoubleToInt64Bits(magnitude) >> (MantissaBits - bits));
        return value < 0 ? -key : key;
    }

    /// <summary>The bucket that holds this one where the buckets are 2^<paramref name="fewerBits"/> times as wide.</summary>
    public static int Coarser(int key, int fewerBits) => key < 0 ? -(-key >> fewerBits) : key >> fewerBits;

    public static double Value(int key, int bits)
    {
        if (key == 0) return 0;
        var magnitude = Math.Abs(key);
        var exponent = magnitude >> bits;
        var value = exponent is > 1 and < GreatestExponent
            ? (Middles[bits] ??= MiddlesOf(bits))[magnitude & ((1 << bits) - 1)] * BitConverter.Int64BitsToDouble((long)exponent << MantissaBits)
            : Middle(magnitude, bits);
        return key < 0 ? -value : value;
    }

    /// <summary>Of the buckets from 1 to 2: where nothing leaves the range of normal numbers, those of other powers of two are the same, to the last bit.</summary>
    private static double[] MiddlesOf(int bits) => [.. Enumerable.Range(ZeroExponent << bits, 1 << bits).Select(key => Middle(key, bits))];

    private static double Middle(int key, int bits)
    {
        var (low, high) = (Bound(key, bits), Bound(key + 1, bits));
        return Math.Min(2 * (low / (1 + low / high)), double.MaxValue);
    }

    private static double Bound(int key, int bits) => BitConverter.Int64BitsToDouble((long)key << (MantissaBits - bits));
}
