using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>What stands in the journal. Little-endian; a record is <c>u32 length, u32 crc32c, u8 type, fields</c>.</summary>
internal abstract record JournalEntry
{
    public const int Prefix = 8;

    public void Write(BinaryWriter to)
    {
        switch (this)
        {
            case Snapshot s:
                to.Write((byte)1);
                to.Write(s.Generation);
                to.Write(s.Sequence);
                to.Write(s.Time);
                to.Write(s.Names.Count);
                foreach (var name in s.Names)
                {
                    to.Write(name.Topic);
                    to.Write(name.Partition);
                }
                WriteMarks(to, s.Marks);
                break;
            case Commit c:
                to.Write((byte)2);
                to.Write(c.Sequence);
                to.Write(c.Time);
                WriteMarks(to, c.Marks);
                break;
            case Synced s:
                to.Write((byte)3);
                to.Write(s.Sequence);
                break;
        }
    }

    /// <summary>The entry at a place, or null if there is no whole and sound one.</summary>
    public static JournalEntry? Read(byte[] bytes, int at, out int next)
    {
        next = at;
        if (bytes.Length - at <= Prefix) return null;
        var length = BitConverter.ToUInt32(bytes, at);
        if (length == 0 || length > bytes.Length - at - Prefix) return null;
        if (Crc32C.Of(bytes.AsSpan(at + Prefix, (int)length)) != BitConverter.ToUInt32(bytes, at + 4)) return null;
        next = at + Prefix + (int)length;
        using var from = new BinaryReader(new MemoryStream(bytes, at + Prefix, (int)length), Encoding.UTF8);
        return from.ReadByte() switch
        {
            1 => new Snapshot(from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), ReadNames(from), ReadMarks(from)),
            2 => new Commit(from.ReadInt64(), from.ReadInt64(), ReadMarks(from)),
            3 => new Synced(from.ReadInt64()),
            var type => throw new NotSupportedException($"The journal has an entry of type {type}: it was written by a later version of this program."),
        };
    }

    private static void WriteMarks(BinaryWriter to, IReadOnlyList<PartitionMark> marks)
    {
        to.Write(marks.Count);
        for (var i = 0; i < marks.Count; i++)
        {
            to.Write(marks[i].Index);
            to.Write(marks[i].Segment);
            to.Write(marks[i].Length);
            to.Write(marks[i].End);
        }
    }

    private static PartitionMark[] ReadMarks(BinaryReader from)
    {
        var marks = new PartitionMark[from.ReadInt32()];
        for (var i = 0; i < marks.Length; i++) marks[i] = new(from.ReadInt32(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64());
        return marks;
    }

    private static TopicPartition[] ReadNames(BinaryReader from)
    {
        var names = new TopicPartition[from.ReadInt32()];
        for (var i = 0; i < names.Length; i++) names[i] = new(from.ReadString(), from.ReadInt32());
        return names;
    }
}
