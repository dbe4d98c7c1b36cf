namespace Pipeline.Ingest.Hardware;

/// <summary>The lines of /proc/meminfo that are shown, in bytes; NaN for one that is missing or no number.</summary>
internal struct MemoryFigures()
{
    private double _page = double.NaN, _reclaimable;

    public double Total { get; private set; } = double.NaN;
    public double Free { get; private set; } = double.NaN;
    public double Available { get; private set; } = double.NaN;
    public double Buffers { get; private set; } = double.NaN;
    public double SwapTotal { get; private set; } = double.NaN;
    public double SwapFree { get; private set; } = double.NaN;

    /// <summary>Cached file pages, and what the kernel's own caches give back when asked.</summary>
    public readonly double Cached => _page + _reclaimable;

    /// <summary>Whether the parts fit into the whole; false where one is missing.</summary>
    public readonly bool IsValid => Free + Buffers + Cached <= Total && Available <= Total && SwapFree <= SwapTotal;

    public static MemoryFigures Parse(ReadOnlySpan<byte> text)
    {
        var figures = new MemoryFigures();
        foreach (var line in new Lines(text))
        {
            var words = new Words(line);
            var name = words.Next();
            figures.Set(name, words.Next(out ulong kibibytes) ? kibibytes * 1024.0 : double.NaN);
        }
        return figures;
    }

    private void Set(ReadOnlySpan<byte> name, double bytes)
    {
        if (name.SequenceEqual("MemTotal:"u8)) Total = bytes;
        else if (name.SequenceEqual("MemFree:"u8)) Free = bytes;
        else if (name.SequenceEqual("MemAvailable:"u8)) Available = bytes;
        else if (name.SequenceEqual("Buffers:"u8)) Buffers = bytes;
        else if (name.SequenceEqual("Cached:"u8)) _page = bytes;
        else if (name.SequenceEqual("SReclaimable:"u8)) _reclaimable = bytes;
        else if (name.SequenceEqual("SwapTotal:"u8)) SwapTotal = bytes;
        else if (name.SequenceEqual("SwapFree:"u8)) SwapFree = bytes;
    }
}
