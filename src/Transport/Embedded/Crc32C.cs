using System.Numerics;
using System.Runtime.InteropServices;

namespace Pipeline.Transport.Embedded;

/// <summary>CRC-32C (Castagnoli) as in iSCSI, RFC 3720; one machine instruction for eight bytes.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) crc = BitOperations.Crc32C(crc, word);
        foreach (var last in bytes[(bytes.Length & ~7)..]) crc = BitOperations.Crc32C(crc, last);
        return ~crc;
    }
}
