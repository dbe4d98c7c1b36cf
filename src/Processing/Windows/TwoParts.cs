namespace Pipeline.Processing;

/// <summary>
/// The further statistics of one group's running window. None of them has an inverse that is exact, so they are put together from two parts,
/// whatever the overlap: the end of one block of event time and the beginning of the next, as in <see cref="LargeWindow"/>. Blocks lie at
/// fixed times, and slices without samples are no parts, so the order of merging depends on the samples alone.
/// </summary>
internal sealed class TwoParts(int slices, StatisticSet statistics)
{
    /// <summary>The slices of the block; and of the block before, each merged with all that follow it there.</summary>
    private List<(long Slice, StatisticStates States)> _block = [], _ends = [];
    private StatisticStates? _beginning;
    private long _number = long.MinValue;
    private int _expired;

    /// <summary>Takes in what further slices, sorted by group, hold of a group; slices ascend.</summary>
    public void Append(int group, List<WindowSlice> added)
    {
        foreach (var slice in added)
        {
            if (slice.Grouped.Find(group) is var place && place < 0) continue;
            var states = slice.Grouped.StatesAt(place, statistics);
            MoveTo(Slicing.FloorDivide(slice.Number, slices));
            _block.Add((slice.Number, states));
            (_beginning ??= statistics.Empty()).Merge(states);
        }
    }

    /// <summary>The window of the slices before a number.</summary>
    public StatisticStates Before(long end)
    {
        MoveTo(Slicing.FloorDivide(end - 1, slices));
        var window = statistics.Empty();
        for (; _expired < _ends.Count && _ends[_expired].Slice < end - slices; _expired++) _ends[_expired] = default;
        if (_expired < _ends.Count) window.Merge(_ends[_expired].States);
        if (_beginning is not null) window.Merge(_beginning);
        return window;
    }

    private void MoveTo(long number)
    {
        if (number == _number) return;
        (_block, _ends) = (_ends, _block);
        if (number != _number + 1) _ends.Clear();
        for (var i = _ends.Count - 2; i >= 0; i--) _ends[i].States.Merge(_ends[i + 1].States);
        _block.Clear();
        (_beginning, _number, _expired) = (null, number, 0);
    }
}
