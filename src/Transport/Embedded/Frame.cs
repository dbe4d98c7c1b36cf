using System.Buffers.Binary;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>
/// A run of records as it stands in a segment, little-endian:
/// <c>u32 length of what follows the crc, u32 crc32c of it, i64 offset of the first record, i64 append time in Unix ms, i32 count</c>, then
/// for each record <c>varint key length, varint value length, key, value</c>.
/// </summary>
internal readonly record struct Frame(long Offset, long Time, int Count, int Bytes)
{
    public const int Prefix = 8;
    public const int Header = 28;

    public long Next => Offset + Count;

    /// <summary>How many bytes the frame at the start of <paramref name="bytes"/> claims to have, or -1 if not even that can be told.</summary>
    public static long Claimed(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Header ? -1 : Prefix + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Whether the bytes, cut to the claimed length, are what was written.</summary>
    public static bool IsSound(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Header && Crc32C.Of(bytes[Prefix..]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);

    public static Frame Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]), (int)Claimed(bytes));

    /// <summary>Completes a frame whose records stand behind room for its header.</summary>
    public static void Seal(Span<byte> bytes, long offset, long time, int count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(bytes.Length - Prefix));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], time);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Crc32C.Of(bytes[Prefix..]));
    }

    /// <summary>Adds the records from <paramref name="from"/> on to a slice over the buffer in which the frame begins at <paramref name="at"/>.</summary>
    public void Fill(LogSlice slice, ReadOnlySpan<byte> buffer, int at, long from)
    {
        at += Header;
        for (var offset = Offset; offset < Next; offset++)
        {
            var keyLength = Varint.Read(buffer, ref at);
            var valueLength = Varint.Read(buffer, ref at);
            var value = at + keyLength;
            if (offset >= from) slice.Add(offset, Time, at..value, value..(value + valueLength));
            at = value + valueLength;
        }
    }
}
