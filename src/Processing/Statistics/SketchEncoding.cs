using System.Buffers;
using System.Buffers.Binary;

namespace Pipeline.Processing;

/// <summary>The bytes of a sketch, documented in docs/sketch.md. Equal multisets give equal bytes.</summary>
public static class SketchEncoding
{
    private const byte Version = 1;
    private const byte ExactValues = 0;
    private const byte BucketedValues = 1;

    public static byte[] Encode(QuantileSketch sketch)
    {
        var bytes = new ArrayBufferWriter<byte>(64);
        bytes.Write([Version, (byte)sketch.Bits, sketch.Buckets is null ? ExactValues : BucketedValues]);
        if (sketch.Buckets is { } buckets) WriteBuckets(bytes, buckets);
        else WriteExact(bytes, sketch.Exact);
        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">These are not the bytes of a sketch, and why.</exception>
    public static QuantileSketch Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3) throw new FormatException("A sketch has at least three bytes.");
        var (version, bits, mode) = (bytes[0], bytes[1], bytes[2]);
        if (version != Version) throw new FormatException($"Version {version} of the sketch encoding is not known; this is version {Version}.");
        if (bits is < SketchBuckets.MinBits or > SketchBuckets.MaxBits) throw new FormatException($"A sketch has 1 to 12 bits, not {bits}.");
        var rest = new VarintReader(bytes[3..]);
        return mode switch
        {
            ExactValues => ReadExact(bits, ref rest),
            BucketedValues => ReadBuckets(bits, ref rest),
            _ => throw new FormatException($"A sketch is exact (0) or bucketed (1), not {mode}."),
        };
    }

    private static void WriteExact(ArrayBufferWriter<byte> bytes, ReadOnlySpan<double> values)
    {
        Varint.Write(bytes, (ulong)values.Length);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
            bytes.Advance(sizeof(double));
        }
    }

    private static void WriteBuckets(ArrayBufferWriter<byte> bytes, BucketCounts buckets)
    {
        Varint.Write(bytes, (ulong)buckets.Length);
        long previous = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            var key = buckets.Key(i);
            Varint.Write(bytes, i == 0 ? Varint.ZigZag(key) : (ulong)(key - previous));
            Varint.Write(bytes, (ulong)buckets.Count(i));
            previous = key;
        }
    }

    private static QuantileSketch ReadExact(int bits, ref VarintReader rest)
    {
        var count = rest.Read();
        if (count > QuantileSketch.ExactLimit)
            throw new FormatException($"An exact sketch has at most {QuantileSketch.ExactLimit} values, not {count}.");
        Span<double> values = stackalloc double[(int)count];
        foreach (ref var value in values)
        {
            value = rest.ReadDouble();
            if (!double.IsFinite(value)) throw new FormatException("A value of the sketch is not finite.");
        }
        rest.ExpectEnd();
        return QuantileSketch.FromExact(bits, values);
    }

    private static QuantileSketch ReadBuckets(int bits, ref VarintReader rest)
    {
        var length = rest.Read();
        if (length is 0 or > QuantileSketch.MaxBuckets)
            throw new FormatException($"A sketch has 1 to {QuantileSketch.MaxBuckets} buckets, not {length}.");
        var limit = 0x7ffL << bits;
        var buckets = new BucketCounts(QuantileSketch.MaxBuckets);
        long key = 0;
        for (ulong i = 0; i < length; i++)
        {
            var step = rest.Read();
            if (i > 0 && step is 0 or > int.MaxValue) throw new FormatException("The buckets of a sketch ascend.");
            key = i == 0 ? Varint.UnZigZag(step) : key + (long)step;
            if (key <= -limit || key >= limit) throw new FormatException($"There is no bucket {key} at {bits} bits.");
            var count = rest.Read();
            if (count == 0 || count > (ulong)(long.MaxValue - buckets.Total))
                throw new FormatException("A bucket's count is not a positive number in range.");
            buckets.Add((int)key, (long)count);
        }
        rest.ExpectEnd();
        if (buckets.Total <= QuantileSketch.ExactLimit) throw new FormatException("A sketch of so few values keeps them exactly.");
        return QuantileSketch.FromBuckets(bits, buckets);
    }
}
