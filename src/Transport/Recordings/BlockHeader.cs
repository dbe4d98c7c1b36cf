using System.Buffers.Binary;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Recordings;

/// <summary>
/// What stands before the records of a block, little-endian: <c>u32 length of what follows the crc, u32 crc32c of it, i32 topic, i32 partition,
/// i64 first offset, i64 offset behind the last, i64 time of the first, i64 greatest time, i32 records, i32 length unpacked</c>. The records
/// follow, packed with Brotli. The last block has topic -1, no records, and in the place of the first offset the number of all records.
/// </summary>
internal readonly record struct BlockHeader(int Topic, int Partition, long First, long Next, long FirstTime, long LastTime, int Count, int Unpacked)
{
    public const int Bytes = 56;
    public const int Prefix = 8;
    public const int End = -1;

    /// <summary>The times that have a date, Unix milliseconds.</summary>
    public static readonly long MinTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>One record alone may be as long as the log takes them.</summary>
    private const int MaxUnpacked = 256 << 20;

    /// <summary>The least that a record takes: four numbers.</summary>
    private const int MinRecord = 4;

    public bool IsEnd => Topic == End;

    /// <summary>Whether the numbers can be true at all; the checksum holds against accidents, not against a writer that errs.</summary>
    public bool IsSound(IReadOnlyList<RecordedTopic> topics) => IsEnd
        ? Count == 0 && Unpacked == 0
        : Topic >= 0 && Topic < topics.Count && Partition >= 0 && Partition < topics[Topic].From.Count
            && First >= 0 && Next > First && FirstTime >= MinTime && LastTime <= MaxTime && Count > 0 && Unpacked <= MaxUnpacked && Count <= Unpacked / MinRecord;

    /// <summary>How many bytes the block at the start of <paramref name="bytes"/> claims to have.</summary>
    public static long Claimed(ReadOnlySpan<byte> bytes) => Prefix + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Whether the bytes of a whole block are what was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> block) => Crc32C.Of(block[Prefix..]) == BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);

    public static BlockHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[48..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[52..]));

    /// <summary>Completes a block whose packed records stand behind room for this.</summary>
    public void Seal(Span<byte> block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], Topic);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], Partition);
        BinaryPrimitives.WriteInt64LittleEndian(block[16..], First);
        BinaryPrimitives.WriteInt64LittleEndian(block[24..], Next);
        BinaryPrimitives.WriteInt64LittleEndian(block[32..], FirstTime);
        BinaryPrimitives.WriteInt64LittleEndian(block[40..], LastTime);
        BinaryPrimitives.WriteInt32LittleEndian(block[48..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(block[52..], Unpacked);
        BinaryPrimitives.WriteUInt32LittleEndian(block, (uint)(block.Length - Prefix));
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], Crc32C.Of(block[Prefix..]));
    }
}
