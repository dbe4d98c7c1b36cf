namespace Pipeline.Processing;

/// <summary>
/// The running window of one group with more samples than are kept exactly. Counts by bucket are added and taken away. Sum, minimum and
/// maximum have no inverse, so they are put together from two parts, whatever the overlap (van Herk, Gil and Werman): event time is cut
/// into blocks as long as the window, and a window is the end of one block and the beginning of the next. Blocks lie at fixed times, so
/// that the order of summing, and with it the last bit of the sum, does not depend on where the window came from.
/// </summary>
internal sealed class LargeWindow(int slices, int sketchBits)
{
    private readonly Extent[] _slices = new Extent[slices];
    private readonly Extent[] _ends = new Extent[slices];
    private Extent _beginning = Extent.Empty;

    public BucketHistogram Histogram { get; } = new(sketchBits);

    /// <summary>Has fetched what taking a slice needs, and the figures of the window that then ends with it.</summary>
    public void Fetch(long number)
    {
        var at = PlaceOf(number);
        Cache.Fetch(_slices, at);
        Cache.Fetch(_ends, at + 1);
        Histogram.Fetch();
    }

    public void Clear()
    {
        Histogram.Clear();
        Array.Fill(_slices, Extent.Empty);
        _beginning = Extent.Empty;
    }

    /// <summary>Takes a slice; slices come one after the other without a gap.</summary>
    public void Append(long number, in Segment segment)
    {
        Count(segment, 1);
        Append(number, segment.Folded is { } summary ? new Extent(summary.Sum, summary.Min, summary.Max) : Extent.Of(segment.Values));
    }

    public void AppendEmpty(long number) => Append(number, Extent.Empty);

    /// <summary>Takes the counts of an expired slice away.</summary>
    public void Remove(in Segment segment) => Count(segment, -1);

    /// <summary>Sum, minimum and maximum from a slice to the last one taken.</summary>
    public Extent From(long number, long end)
    {
        var block = Slicing.FloorDivide(end - 1, slices) * slices;
        return number >= block ? _beginning : _ends[number - block + slices].Plus(_beginning);
    }

    private void Append(long number, in Extent extent)
    {
        var at = PlaceOf(number);
        if (at == 0) CloseBlock();
        _slices[at] = extent;
        _beginning = _beginning.Plus(extent);
    }

    private int PlaceOf(long number) => (int)(number - Slicing.FloorDivide(number, slices) * slices);

    private void CloseBlock()
    {
        var end = Extent.Empty;
        for (var i = slices - 1; i >= 0; i--) _ends[i] = end = _slices[i].Plus(end);
        _beginning = Extent.Empty;
    }

    private void Count(in Segment segment, int sign)
    {
        if (segment.Folded is null) Histogram.Add(segment.Values, sign);
        else Histogram.Add(segment.Folded.Sketch.Buckets!, sign);
    }
}
