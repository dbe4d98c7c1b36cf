using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Processing;

/// <summary>
/// Values looked up by UTF-8 text without making a string of it. At most so many: when it is full it is emptied, since an entry can always be
/// made again.
/// </summary>
internal sealed class Utf8Table<T>(int max) where T : class
{
    private readonly Dictionary<byte[], T> _entries = new(new ByteComparer());
    private Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> Lookup => _entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    public bool TryGet(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out T value) => Lookup.TryGetValue(text, out value);

    public T Add(ReadOnlySpan<byte> text, T value)
    {
        if (_entries.Count >= max) _entries.Clear();
        var lookup = Lookup;
        return lookup[text] = value;
    }

    public void Clear() => _entries.Clear();

    /// <summary>Another in every process, so that nobody can choose texts that collide.</summary>
    private static readonly ulong Seed = (ulong)HashCode.Combine(1) << 32 | (uint)HashCode.Combine(2);

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0x9E3779B97F4A7C15, out var low);
        return high ^ low;
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);
        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());
        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            var hash = Seed ^ (ulong)bytes.Length;
            for (; bytes.Length > 8; bytes = bytes[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            Span<byte> last = stackalloc byte[8];
            last.Clear();
            bytes.CopyTo(last);
            return (int)Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(last));
        }
    }
}
