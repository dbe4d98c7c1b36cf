namespace Pipeline.Processing;

/// <summary>
/// The further statistics of a window that slides from event to event. As in <see cref="SlidingExtent"/> event time is cut into blocks as long
/// as the window, at fixed times, and a window is the end of one block and the beginning of the next. Of the last block not every end is kept,
/// since states can be large, but those at 64 fixed times; the samples up to the next of these are added one by one.
/// </summary>
internal sealed class SlidingStates(long size, StatisticSet statistics)
{
    private const int Pieces = 64;

    /// <summary>By piece of the last block: it and all that follow.</summary>
    private readonly StatisticStates?[] _ends = new StatisticStates?[Pieces + 1];
    private StatisticStates _beginning = statistics.Empty();
    private long _block = long.MinValue;

    /// <summary>The samples that the beginning of this block is made of.</summary>
    private int _from, _to;

    /// <summary>Forgets what it has put together.</summary>
    public void Clear() => _block = long.MinValue;

    /// <summary>That so many samples in front were taken away.</summary>
    public void Shift(int count) => (_from, _to) = (_from - count, _to - count);

    /// <summary>Of the samples from one up to, not including, another; the window that ends with them is no earlier than the last one asked for.</summary>
    public StatisticStates Of(EventSamples samples, int from, int to)
    {
        var block = Slicing.FloorDivide(samples.Times[to - 1], size);
        if (block != _block) Begin(block, samples, from);
        for (; _to < to; _to++) _beginning.Add(samples.Tagged(_to));
        var window = statistics.Empty();
        if (from < _from)
        {
            var piece = PieceOf(samples.Times[from]);
            for (var i = from; i < _from && PieceOf(samples.Times[i]) == piece; i++) window.Add(samples.Tagged(i));
            if (_ends[piece + 1] is { } rest) window.Merge(rest);
        }
        window.Merge(_beginning);
        return window;
    }

    private void Begin(long block, EventSamples samples, int from)
    {
        (_block, _beginning, _from) = (block, statistics.Empty(), samples.FirstFrom(block * size));
        _to = _from;
        _ends[Pieces] = null;
        for (var (piece, last) = (Pieces - 1, _from); piece >= 0; piece--)
        {
            var first = Math.Max(from, samples.FirstFrom(StartOf(piece)));
            _ends[piece] = _ends[piece + 1];
            if (first >= last) continue;
            var end = statistics.Empty();
            for (var i = first; i < last; i++) end.Add(samples.Tagged(i));
            if (_ends[piece + 1] is { } rest) end.Merge(rest);
            (_ends[piece], last) = (end, first);
        }
    }

    /// <summary>The piece of the last block that an instant is in.</summary>
    private int PieceOf(long time) => (int)((time - (_block - 1) * size) * Pieces / size);

    /// <summary>The first instant of a piece of the last block.</summary>
    private long StartOf(int piece) => (_block - 1) * size + (piece * size + Pieces - 1) / Pieces;
}
