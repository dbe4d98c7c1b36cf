namespace Pipeline.Processing;

/// <summary>
/// Sum, minimum and maximum of a window that slides from event to event, put together as <see cref="LargeWindow"/> does: event time is cut into
/// blocks as long as the window, at fixed times, and a window is the end of one block and the beginning of the next.
/// </summary>
internal sealed class SlidingExtent(long size)
{
    private Extent[] _ends = [];
    private Extent _beginning = Extent.Empty;
    private long _block = long.MinValue;

    /// <summary>The samples that the ends of the last block, then the beginning of this one, are made of.</summary>
    private int _endsFrom, _from, _to;

    /// <summary>Forgets what it has added up.</summary>
    public void Clear() => _block = long.MinValue;

    /// <summary>That so many samples in front were taken away.</summary>
    public void Shift(int count) => (_endsFrom, _from, _to) = (_endsFrom - count, _from - count, _to - count);

    /// <summary>Of the samples from one up to, not including, another; the window that ends with them is no earlier than the last one asked for.</summary>
    public Extent Of(EventSamples samples, int from, int to)
    {
        var block = Slicing.FloorDivide(samples.Times[to - 1], size);
        if (block != _block) Begin(block, samples, from);
        for (; _to < to; _to++) _beginning = _beginning.Plus(Of(samples.Values[_to]));
        return from < _from ? _ends[from - _endsFrom].Plus(_beginning) : _beginning;
    }

    private void Begin(long block, EventSamples samples, int from)
    {
        (_block, _beginning, _endsFrom, _from) = (block, Extent.Empty, from, samples.FirstFrom(block * size));
        _to = _from;
        Arrays.Renew(ref _ends, _from - from);
        var end = Extent.Empty;
        for (var i = _from - 1; i >= from; i--) _ends[i - from] = end = Of(samples.Values[i]).Plus(end);
    }

    private static Extent Of(double value) => new(value, value, value);
}
