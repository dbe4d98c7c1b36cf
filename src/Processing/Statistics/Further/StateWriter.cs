using System.Buffers.Binary;

namespace Pipeline.Processing;

/// <summary>Puts the bytes of a state together. Used again for the next.</summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public void Clear() => _length = 0;
    public byte[] ToArray() => _bytes[.._length];

    public void Byte(byte value) => Room(1)[0] = value;

    /// <summary>As LEB128.</summary>
    public void Number(ulong value)
    {
        var room = Room(Varint.MaxLength);
        _length += Varint.Write(room, value) - room.Length;
    }

    public void Time(long value) => Number(Varint.ZigZag(value));
    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
    public void Hash(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    private Span<byte> Room(int length)
    {
        Arrays.Grow(ref _bytes, _length + length);
        _length += length;
        return _bytes.AsSpan(_length - length, length);
    }
}
