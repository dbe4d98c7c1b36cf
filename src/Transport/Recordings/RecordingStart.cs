using System.Buffers.Binary;
using System.Text.Json;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Recordings;

/// <summary>
/// How a recording begins, little-endian: eight bytes that say what it is and in which format, <c>u32 length of the header, u32 crc32c of
/// it</c>, and the header in JSON.
/// </summary>
internal static class RecordingStart
{
    private const int Fixed = 16;
    private const int MaxHeader = 16 << 20;

    private static ReadOnlySpan<byte> Magic => "PIPEREC\x01"u8;

    public static byte[] Write(RecordingHeader header)
    {
        var json = header.ToJson();
        var bytes = new byte[Fixed + json.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Crc32C.Of(json));
        json.CopyTo(bytes, Fixed);
        return bytes;
    }

    /// <summary>Reads the header and moves the file behind it.</summary>
    /// <exception cref="RecordingDamagedException">It is not what was written, or no recording at all.</exception>
    public static RecordingHeader Read(FileStream file)
    {
        Span<byte> start = stackalloc byte[Fixed];
        var read = file.ReadAtLeast(start, Fixed, throwOnEndOfStream: false);
        if (!start[..Math.Min(read, 7)].SequenceEqual(Magic[..Math.Min(read, 7)]) || read == 0) throw Damaged("it is no recording of this program");
        if (read > 7 && start[7] != Magic[7]) throw Damaged($"its format is {start[7]}, and this program reads format {Magic[7]}");
        if (read < Fixed) throw Damaged("it ends inside its header");
        var length = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        if (length is < 2 or > MaxHeader || length > file.Length - Fixed) throw Damaged("it ends inside its header");
        var json = new byte[length];
        file.ReadExactly(json);
        if (Crc32C.Of(json) != BinaryPrimitives.ReadUInt32LittleEndian(start[12..])) throw Damaged("its header is not what was written");
        try
        {
            return RecordingHeader.Parse(json);
        }
        catch (JsonException e)
        {
            throw Damaged($"its header makes no sense ({e.Message.TrimEnd('.')})");
        }

        RecordingDamagedException Damaged(string problem) => new(file.Name, new RecordingDamage(0, 0, problem));
    }
}
