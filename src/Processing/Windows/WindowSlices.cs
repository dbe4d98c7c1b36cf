using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The live slices of one definition, by number. What a slice was made of is used again for the next.</summary>
internal sealed class WindowSlices(WindowDefinition definition, WindowGroups groups)
{
    /// <summary>A log of more samples than this, and than four for each group, is sorted before its window closes.</summary>
    private const int LongLog = 65_536;
    private const int MaxSpare = 64;

    private readonly SortedList<long, WindowSlice> _slices = [];
    private readonly Stack<WindowSlice> _spare = [];
    private readonly GroupedSamples _sorted = new();
    private GroupedSamples _merged = new();
    private int[] _ends = [];
    private LogEntry[] _spareLog = [];
    private int _usual;

    /// <summary>The one that began earliest in the input.</summary>
    public WindowSlice? Earliest { get; private set; }

    public int Count => _slices.Count;
    public WindowSlice First => _slices.Values[0];
    public IList<WindowSlice> All => _slices.Values;

    public WindowSlice? Find(long number) => _slices.GetValueOrDefault(number);

    public WindowSlice Open(long number, long offset, WatermarkRecord watermark)
    {
        if (!_spare.TryPop(out var slice)) slice = new WindowSlice();
        _spareLog = slice.ChangeLog(_spareLog);
        slice.Begin(number, number * definition.Slicing.Slice, offset, watermark);
        _slices.Add(number, slice);
        Earliest ??= slice; // offsets rise
        return slice;
    }

    /// <summary>Those from one number up to, not including, another.</summary>
    public void Within(long from, long end, List<WindowSlice> found)
    {
        found.Clear();
        var (low, high) = (0, _slices.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_slices.Keys[middle] < from) low = middle + 1;
            else high = middle;
        }
        for (; low < _slices.Count && _slices.Keys[low] < end; low++) found.Add(_slices.Values[low]);
    }

    public void RemoveFirst()
    {
        var slice = First;
        _slices.RemoveAt(0);
        if (slice == Earliest) Earliest = _slices.Count == 0 ? null : _slices.Values.MinBy(s => s.FirstOffset);
    }

    /// <summary>Takes back a slice that was removed and that nothing looks at any more.</summary>
    public void Recycle(WindowSlice slice)
    {
        foreach (var id in slice.Grouped.Ids) groups.Release(id);
        _usual = slice.Grouped.Groups;
        if (_spare.Count < MaxSpare) _spare.Push(slice);
    }

    /// <summary>Lets go of idle groups when they are many.</summary>
    /// <returns>Whether it has.</returns>
    public bool Sweep()
    {
        if (groups.Idle <= 2 * _usual + 16 && (groups.Idle == 0 || _slices.Count > 0)) return false;
        groups.Sweep(_slices.Values);
        return true;
    }

    public bool IsLong(WindowSlice slice) => slice.Logged >= LongLog && slice.Logged >= 4 * groups.Count && slice.Logged >= slice.Grouped.Kept;

    /// <summary>Gives the groups their numbers for good, before any of them is asked for.</summary>
    public void Settle() => groups.Settle(_slices.Values);

    /// <summary>Puts the log of a slice with what is already sorted.</summary>
    public void Sort(WindowSlice slice)
    {
        if (slice.Logged == 0) return;
        Settle();
        var isFirst = slice.Grouped.Groups == 0;
        var into = isFirst ? slice.Grouped : _sorted;
        into.Begin(slice.Start);
        if (slice.Logged < groups.Ids / 8) into.Fill(slice.Log, slice.Tags, groups.Ids);
        else
        {
            Arrays.Renew(ref _ends, groups.Ids);
            into.Fill(slice.Log, slice.Tags, _ends.AsSpan(0, groups.Ids));
        }
        if (!isFirst)
        {
            foreach (var id in slice.Grouped.Ids) groups.Release(id);
            _merged.Begin(slice.Start);
            _merged.Fill(slice.Grouped, _sorted, groups.Ids);
            (slice.Grouped, _merged) = (_merged, slice.Grouped);
        }
        foreach (var id in slice.Grouped.Ids) groups.Hold(id);
        slice.Grouped.Fold(definition.SketchBits, definition.Statistics);
        var log = slice.ChangeLog([]);
        if (log.Length > _spareLog.Length) _spareLog = log;
    }
}
