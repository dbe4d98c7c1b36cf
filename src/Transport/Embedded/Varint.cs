namespace Pipeline.Transport.Embedded;

/// <summary>Non-negative lengths, seven bits a byte, low bits first.</summary>
internal static class Varint
{
    public const int MaxBytes = 5;

    public static int Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = bytes[at++];
        if (value < 0x80) return value;
        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }

    public static void Write(Span<byte> bytes, ref int at, int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) bytes[at++] = (byte)(rest | 0x80);
        bytes[at++] = (byte)rest;
    }
}
