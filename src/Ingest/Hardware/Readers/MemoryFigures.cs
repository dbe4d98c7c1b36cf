namespace Pipeline.Ingest.Hardware;

/// <summary>The lines of /proc/meminfo that are shown, in bytes; NaN for one that is missing or no number.</summary>
internal readonly record struct MemoryFigures(
    double Total, double Free, double Available, double Buffers, double Cached, double SwapTotal, double SwapFree)
{
    /// <summary>Whether the parts fit into the whole; false where one is missing.</summary>
    public bool IsValid => Free + Buffers + Cached <= Total && Available <= Total && SwapFree <= SwapTotal;

    public static MemoryFigures Parse(ReadOnlySpan<byte> text)
    {
        var (total, free, available, buffers, swapTotal, swapFree) = (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var (cached, reclaimable) = (double.NaN, 0.0);
        foreach (var line in new Lines(text))
        {
            var words = new Words(line);
            var name = words.Next();
            var bytes = words.Next(out ulong kibibytes) ? kibibytes * 1024.0 : double.NaN;
            if (name.SequenceEqual("MemTotal:"u8)) total = bytes;
            else if (name.SequenceEqual("MemFree:"u8)) free = bytes;
            else if (name.SequenceEqual("MemAvailable:"u8)) available = bytes;
            else if (name.SequenceEqual("Buffers:"u8)) buffers = bytes;
            else if (name.SequenceEqual("Cached:"u8)) cached = bytes;
            else if (name.SequenceEqual("SReclaimable:"u8)) reclaimable = bytes;
            else if (name.SequenceEqual("SwapTotal:"u8)) swapTotal = bytes;
            else if (name.SequenceEqual("SwapFree:"u8)) swapFree = bytes;
        }
        return new MemoryFigures(total, free, available, buffers, cached + reclaimable, swapTotal, swapFree);
    }
}
