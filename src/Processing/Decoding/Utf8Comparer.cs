using System.Buffers.Binary;

namespace Pipeline.Processing;

/// <summary>Compares UTF-8 texts, those in a buffer too.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly Utf8Comparer Instance = new();

    /// <summary>Another in every process, so that nobody can choose texts that collide.</summary>
    private static readonly ulong Seed = (ulong)HashCode.Combine(1) << 32 | (uint)HashCode.Combine(2);

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0x9E3779B97F4A7C15, out var low);
        return high ^ low;
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);
    public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());
    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);
    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public int GetHashCode(ReadOnlySpan<byte> bytes) => (int)Hash(bytes, 0);

    /// <param name="before">The hash of what the bytes follow.</param>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong before)
    {
        var hash = Seed ^ before ^ (ulong)bytes.Length;
        for (; bytes.Length > 8; bytes = bytes[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Span<byte> last = stackalloc byte[8];
        last.Clear();
        bytes.CopyTo(last);
        return Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(last));
    }
}
