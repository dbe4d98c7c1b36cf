using System.Buffers.Binary;

namespace Pipeline.Processing;

/// <summary>Whole numbers of seven bits a byte, the lowest first (LEB128).</summary>
public static class Varint
{
    public const int MaxLength = 10;

    /// <returns>How many bytes it is.</returns>
    public static int Write(Span<byte> to, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}

/// <summary>Reads what <see cref="Varint"/> wrote; whatever does not fit is a <see cref="FormatException"/>.</summary>
public ref struct VarintReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are not read yet.</summary>
    public readonly int Left => _rest.Length;

    public ulong Read()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty) throw new FormatException("The bytes end inside a number.");
            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
        throw new FormatException("A number has more than ten bytes.");
    }

    public double ReadDouble()
    {
        if (_rest.Length < sizeof(double)) throw new FormatException("The bytes end inside a number.");
        var value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[sizeof(double)..];
        return value;
    }

    /// <summary>Unix milliseconds either way, so far from the ends of the type that no difference of two leaves it.</summary>
    public const long MaxTime = 1L << 60;

    /// <summary>A number small enough for thousands to be summed.</summary>
    public long ReadCount() => Read() is var value and <= 1UL << 48 ? (long)value : throw new FormatException("A count is out of range.");

    public long ReadTime() => Varint.UnZigZag(Read()) is var time and >= -MaxTime and <= MaxTime ? time : throw new FormatException("A time is out of range.");

    public ulong ReadHash() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong)));

    public double ReadFinite() => ReadDouble() is var value && double.IsFinite(value) ? value : throw new FormatException("A number is not finite.");

    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        if (_rest.Length < length) throw new FormatException("The bytes end too early.");
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public readonly void ExpectEnd()
    {
        if (!_rest.IsEmpty) throw new FormatException($"{_rest.Length} bytes too many.");
    }
}
