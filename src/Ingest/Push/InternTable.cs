using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Ingest.Push;

/// <summary>
/// What bytes seen before stand for. Bounded: when half of the room is used, what was not asked for since the last time is forgotten.
/// Not for two threads at once.
/// </summary>
internal sealed class InternTable<T>(int capacity, int maxKeyBytes) where T : class
{
    private Dictionary<byte[], T> _young = New(), _old = New();

    public T? Find(ReadOnlySpan<byte> key)
    {
        if (_young.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var found)) return found;
        if (!_old.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out found)) return null;
        Add(key, found);
        return found;
    }

    /// <summary>Remembers a value. One with a key that is too long is not remembered.</summary>
    public void Add(ReadOnlySpan<byte> key, T value)
    {
        if (key.Length > maxKeyBytes) return;
        if (_young.Count >= capacity / 2)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }
        _young[key.ToArray()] = value;
    }

    private static Dictionary<byte[], T> New() => new(BytesComparer.Instance);

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);
        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);
        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
