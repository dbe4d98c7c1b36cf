namespace Pipeline.Ingest.Hardware;

/// <summary>A line of /proc/diskstats. Sectors have 512 bytes whatever the disk; times are milliseconds.</summary>
internal readonly record struct DiskTimes(DiskDirectionTimes Read, DiskDirectionTimes Write, ulong BusyMilliseconds)
{
    public static bool TryParse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out DiskTimes times)
    {
        var words = new Words(line);
        Span<ulong> n = stackalloc ulong[10];
        var hasNumber = words.Next(n[..2]);
        name = words.Next();
        var isValid = hasNumber && words.Next(n); // reads merged sectors ms, writes merged sectors ms, in flight, busy
        times = new DiskTimes(new(n[0], n[2], n[3]), new(n[4], n[6], n[7]), n[9]);
        return isValid;
    }
}

/// <summary>What went one way.</summary>
internal readonly record struct DiskDirectionTimes(ulong Operations, ulong Sectors, ulong Milliseconds);
