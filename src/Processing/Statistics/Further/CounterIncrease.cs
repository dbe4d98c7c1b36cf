namespace Pipeline.Processing;

/// <summary>
/// How much counters rose: each series by itself, resets understood, then summed. As Prometheus has it, but without extrapolating to the
/// window's ends. Commutative and associative where no time of a series is in two parts, as it is with slices; a sum over overlapping ones
/// would need the samples.
/// </summary>
internal sealed class CounterIncrease : IStatistic
{
    public const string StateName = "increase";

    /// <summary>A state of more series is written as their sum alone: it can be merged over places, but misses what lies between two times.</summary>
    public const int MaxWritten = 512;

    private const byte BySeries = 0;
    private const byte Total = 1;

    /// <summary>Ascending by series.</summary>
    private SeriesIncrease[] _series = [];
    private int _count;

    /// <summary>Of series that are not known one by one any more, and how many.</summary>
    private double _rest;
    private long _others;

    public string Name => StateName;

    public IStatistic Empty() => new CounterIncrease();

    /// <param name="sample">Of each series in the order of time.</param>
    public void Add(in StatisticSample sample) => Add(SeriesIncrease.Of(sample));

    public void Merge(IStatistic later)
    {
        var other = (CounterIncrease)later;
        (_rest, _others) = (Summary.Finite(_rest + other._rest), _others + other._others);
        var others = other._series.AsSpan(0, other._count);
        if (others.Length * 8 < _count || HasAll(others))
        {
            foreach (ref readonly var series in others) Add(series);
            return;
        }
        var mine = _series.AsSpan(0, _count);
        var (both, length) = (new SeriesIncrease[mine.Length + others.Length], 0);
        while (mine.Length > 0 && others.Length > 0)
        {
            var (left, right) = (mine[0], others[0]);
            both[length++] = left.Series == right.Series ? left.Then(right) : left.Series < right.Series ? left : right;
            if (left.Series <= right.Series) mine = mine[1..];
            if (right.Series <= left.Series) others = others[1..];
        }
        mine.CopyTo(both.AsSpan(length));
        others.CopyTo(both.AsSpan(length + mine.Length));
        (_series, _count) = (both, length + mine.Length + others.Length);
    }

    public void Finish(FurtherFigures figures)
    {
        if (_count > 0 || _others > 0) figures.Increase = Sum();
    }

    public bool IsLike(IEncodedState other) => other is CounterIncrease;

    public void Write(StateWriter to)
    {
        if (_others > 0 || _count > MaxWritten)
        {
            to.Byte(Total);
            to.Number((ulong)(_others + _count));
            to.Double(Sum());
            return;
        }
        to.Byte(BySeries);
        to.Number((ulong)_count);
        foreach (ref readonly var series in _series.AsSpan(0, _count))
        {
            to.Hash(series.Series);
            to.Time(series.FirstTime);
            to.Double(series.First);
            to.Number((ulong)(series.LastTime - series.FirstTime));
            to.Double(series.Last);
            to.Double(series.Increase);
        }
    }

    /// <exception cref="FormatException">No samples have this state.</exception>
    public static IStatistic Read(ref VarintReader from)
    {
        var state = new CounterIncrease();
        var (mode, count) = (from.ReadBytes(1)[0], from.ReadCount());
        if (mode == Total && count is > 0 and < 1L << 32) (state._others, state._rest) = (count, from.ReadFinite());
        else if (mode == BySeries && count <= MaxWritten) state.ReadSeries(ref from, (int)count);
        else throw new FormatException($"{count} series are neither written each (0) nor as a sum (1).");
        return state;
    }

    private void ReadSeries(ref VarintReader from, int count)
    {
        _series = new SeriesIncrease[count];
        for (; _count < count; _count++)
        {
            var (series, firstTime, first) = (from.ReadHash(), from.ReadTime(), from.ReadFinite());
            if (_count > 0 && series <= _series[_count - 1].Series) throw new FormatException("Series ascend.");
            _series[_count] = new SeriesIncrease(series, firstTime, first, firstTime + from.ReadCount(), from.ReadFinite(), from.ReadFinite());
        }
    }

    private void Add(in SeriesIncrease part)
    {
        var at = Find(part.Series);
        if (at >= 0)
        {
            _series[at] = _series[at].Then(part);
            return;
        }
        Arrays.Grow(ref _series, _count + 1);
        Array.Copy(_series, ~at, _series, ~at + 1, _count++ - ~at);
        _series[~at] = part;
    }

    /// <summary>The place of a series, or the complement of where it belongs. Samples come series by series, so it is looked for at the end first.</summary>
    private int Find(ulong series)
    {
        var (low, high) = (0, _count);
        if (high > 0 && series >= _series[high - 1].Series) return series == _series[high - 1].Series ? high - 1 : ~high;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_series[middle].Series < series) low = middle + 1;
            else high = middle;
        }
        return low < _count && _series[low].Series == series ? low : ~low;
    }

    private bool HasAll(ReadOnlySpan<SeriesIncrease> others)
    {
        foreach (ref readonly var other in others)
            if (Find(other.Series) < 0) return false;
        return true;
    }

    private double Sum()
    {
        var sum = _rest;
        foreach (ref readonly var series in _series.AsSpan(0, _count)) sum = Summary.Finite(sum + series.Increase);
        return sum;
    }
}
