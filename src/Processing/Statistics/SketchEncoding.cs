using System.Buffers.Binary;

namespace Pipeline.Processing;

/// <summary>The bytes of a sketch, documented in docs/sketch.md. Equal multisets give equal bytes.</summary>
public static class SketchEncoding
{
    private const byte Version = 1;
    private const byte ExactValues = 0;
    private const byte BucketedValues = 1;

    private const int MaxHeader = 13;

    public static byte[] Encode(QuantileSketch sketch)
    {
        var bytes = new byte[MaxLength(sketch.Buckets?.Length ?? (int)sketch.Count)];
        if (sketch.Buckets is not { } buckets) return bytes[..Write(bytes, sketch.Bits, sketch.Exact)];
        var writer = new BucketWriter(bytes, sketch.Bits, buckets.Length);
        for (var i = 0; i < buckets.Length; i++) writer.Add(buckets.Key(i), buckets.Count(i));
        return bytes[..writer.End()];
    }

    /// <summary>The most bytes that so many values or buckets take.</summary>
    internal static int MaxLength(int entries) => MaxHeader + entries * 2 * Varint.MaxLength;

    /// <param name="values">Ascending.</param>
    /// <returns>How many bytes it is.</returns>
    internal static int Write(Span<byte> to, int bits, ReadOnlySpan<double> values)
    {
        if (values.Length > QuantileSketch.ExactLimit) return WriteBucketsOf(to, bits, values);
        (to[0], to[1], to[2]) = (Version, (byte)bits, ExactValues);
        var length = 3 + Varint.Write(to[3..], (ulong)values.Length);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(to[length..], value);
            length += sizeof(double);
        }
        return length;
    }

    /// <returns>How many bytes it is.</returns>
    internal static int Write(Span<byte> to, int bits, BucketHistogram histogram)
    {
        var writer = new BucketWriter(to, bits, QuantileSketch.MaxBuckets);
        foreach (var (key, count) in histogram) writer.Add(key, count);
        return writer.End();
    }

    private static int WriteBucketsOf(Span<byte> to, int bits, ReadOnlySpan<double> values)
    {
        var writer = new BucketWriter(to, bits, values.Length);
        for (int i = 0, end; i < values.Length; i = end)
        {
            var key = SketchBuckets.Of(values[i], bits);
            for (end = i + 1; end < values.Length && SketchBuckets.Of(values[end], bits) == key;) end++;
            writer.Add(key, end - i);
        }
        return writer.End();
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

    private ref struct BucketWriter
    {
        private readonly Span<byte> _to;
        private int _previous;
        private readonly int _start;
        private int _buckets, _length;

        /// <param name="buckets">At least as many as are to come; their number may take as many bytes as that of this.</param>
        public BucketWriter(Span<byte> to, int bits, int buckets)
        {
            _to = to;
            (to[0], to[1], to[2]) = (Version, (byte)bits, BucketedValues);
            _length = _start = 3 + Varint.Write(to[3..], (ulong)buckets);
        }

        public void Add(int key, long count)
        {
            var step = _buckets++ == 0 ? Varint.ZigZag(key) : (ulong)((long)key - _previous);
            var at = _length;
            _previous = key;
            if (step < 0x80 && count < 0x80) // nearly all
            {
                (_to[at], _to[at + 1], _length) = ((byte)step, (byte)count, at + 2);
                return;
            }
            at += Varint.Write(_to[at..], step);
            _length = at + Varint.Write(_to[at..], (ulong)count);
        }

        /// <returns>How many bytes it is.</returns>
        public readonly int End()
        {
            var body = _to[_start.._length];
            var start = 3 + Varint.Write(_to[3..], (ulong)_buckets);
            body.CopyTo(_to[start..]);
            return start + body.Length;
        }
    }
}
