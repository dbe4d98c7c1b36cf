namespace Pipeline.Ingest.Hardware;

/// <summary>A line of /proc/net/dev.</summary>
internal readonly record struct NetworkCounts(NetworkDirectionCounts Received, NetworkDirectionCounts Transmitted)
{
    public static bool TryParse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out NetworkCounts counts)
    {
        var colon = line.LastIndexOf((byte)':'); // older kernels write the first number right behind it
        name = line[..Math.Max(colon, 0)].Trim((byte)' ');
        Span<ulong> n = stackalloc ulong[12];
        var isValid = !name.IsEmpty && new Words(line[(colon + 1)..]).Next(n);
        counts = new NetworkCounts(new(n[0], n[1], n[2], n[3]), new(n[8], n[9], n[10], n[11]));
        return isValid;
    }
}

/// <summary>What went one way.</summary>
internal readonly record struct NetworkDirectionCounts(ulong Bytes, ulong Packets, ulong Errors, ulong Dropped);
