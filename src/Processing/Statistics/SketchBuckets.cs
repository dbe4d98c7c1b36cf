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
        var low = Bound(Math.Abs(key), bits);
        var high = Bound(Math.Abs(key) + 1, bits);
        var value = Math.Min(2 * (low / (1 + low / high)), double.MaxValue);
        return key < 0 ? -value : value;
    }

    private static double Bound(int key, int bits) => BitConverter.Int64BitsToDouble((long)key << (MantissaBits - bits));
}
