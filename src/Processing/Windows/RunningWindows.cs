namespace Pipeline.Processing;

/// <summary>
/// The windows of all groups at one end, moved on slice by slice: what a slice brings is added and what an expired one held is taken away,
/// so that a slide costs the same whatever the overlap. Whatever way a window came, its figures are those of its slices, to the last bit:
/// few samples are kept in ascending order, of many the counts by bucket are (see <see cref="LargeWindow"/> for the rest).
/// </summary>
internal sealed class RunningWindows(WindowDefinition definition, WindowSlices slices, WindowContents contents)
{
    private readonly List<WindowSlice> _added = [], _expired = [], _window = [], _left = [];
    private readonly ValueBlocks _blocks = new();
    private readonly Stack<LargeWindow> _spare = [];
    private readonly RunningStatistics? _statistics = definition.Statistics is { } statistics ? new RunningStatistics(definition, statistics) : null;
    private RunningWindow[] _states = [];
    private LargeWindow?[] _large = [];
    private long _from, _end, _appendFrom;
    private bool _hasGap;

    /// <summary>Whether the windows as they now stand hold a slice.</summary>
    public bool Holds(long number) => number >= _from && number < _end;

    public bool HasStatistics => _statistics is not null;

    public ref readonly RunningWindow this[int id] => ref _states[id];
    public ReadOnlySpan<double> Sorted(in RunningWindow state) => _blocks[state.Block, (int)state.Count];

    public LargeFigures Large(int id) =>
        new(_large[id]!, _large[id]!.From(_end - definition.Slicing.Slices, _end), _states[id].First, _states[id].Last);

    /// <summary>Begins the step to the windows that hold the slices up to a number; groups are then moved one by one, ascending.</summary>
    public void Begin(long end, int ids)
    {
        var from = end - definition.Slicing.Slices;
        Grow(ids);
        slices.Within(_from, Math.Min(from, _end), _expired);
        _expired.InsertRange(0, _left);
        slices.Within(Math.Max(from, _end), end, _added);
        slices.Within(from, end, _window);
        foreach (var slice in _added) slices.Sort(slice);
        (_appendFrom, _hasGap, _from, _end) = (Math.Max(from, _end), from > _end, from, end);
    }

    /// <summary>Moves the further statistics of a group, after <see cref="Move"/>.</summary>
    public void MoveStatistics(int id) => _statistics!.Move(id, _added, _states[id].Count == 0);

    /// <summary>The further statistics of a group that has samples in the window.</summary>
    public StatisticStates Statistics(int id) => _statistics!.Before(id, _end);

    /// <summary>Remembers a slice that is no longer live: the next step takes it out.</summary>
    public void Leave(WindowSlice slice) => _left.Add(slice);

    /// <summary>Ends the step, and lets go of the slices that it took out.</summary>
    public void End()
    {
        foreach (var slice in _left) slices.Recycle(slice);
        _left.Clear();
    }

    /// <summary>Takes out all there is.</summary>
    public void Clear()
    {
        if (_left.Count == 0) return;
        var (from, end) = (_from, _end);
        Begin(end + definition.Slicing.Slices, 0);
        foreach (var slice in _left)
            foreach (var id in slice.Grouped.Ids) Move(id);
        End();
        _statistics?.Clear();
        (_from, _end) = (from, end);
    }

    public void Move(int id)
    {
        if (_expired.Count == 1 && _added.Count == 1 && TryExchange(id)) return;
        ref var state = ref _states[id];
        long removed = 0, added = 0;
        foreach (var slice in _expired) removed += Count(slice, id);
        foreach (var slice in _added) added += Count(slice, id);
        var wasEmpty = state.Count == 0;
        if (wasEmpty && added == 0) return;
        var count = state.Count + added - removed;
        if (state.Count > SortedValues.Most && count > SortedValues.Most && !_hasGap) MoveLarge(id);
        else if (count > SortedValues.Most) Enlarge(ref state, id);
        else if (state.Count > SortedValues.Most) Shrink(ref state, id, (int)count);
        else MoveSmall(ref state, id, (int)count);
        state.Count = count;
        if (count == 0) return;
        if (removed > 0 || wasEmpty) state.First = First(id);
        if (added > 0) state.Last = Last(id);
    }

    /// <summary>The usual step, of a small window by one slice, without looking for anything twice.</summary>
    private bool TryExchange(int id)
    {
        ref var state = ref _states[id];
        if (state.Count > SortedValues.Most) return false;
        var (expired, added) = (_expired[0].Grouped, _added[0].Grouped);
        var (oldPlace, newPlace) = (expired.Find(id), added.Find(id));
        if (oldPlace < 0 && newPlace < 0) return true;
        Segment old = oldPlace < 0 ? default : expired[oldPlace], brought = newPlace < 0 ? default : added[newPlace];
        var (had, count) = ((int)state.Count, state.Count - old.Values.Length + brought.Count);
        if (count > SortedValues.Most) return false;
        Reserve(ref state, Math.Max((int)count, had));
        Exchange(_blocks[state.Block, state.Capacity], ref had, old.Values, brought.Values);
        var wasEmpty = state.Count == 0;
        state.Count = count;
        if (count == 0) return true;
        if (newPlace >= 0) state.Last = brought.Last();
        if (wasEmpty || count == brought.Count) state.First = brought.First();
        else if (oldPlace >= 0) state.First = First(id);
        return true;
    }

    /// <summary>Works out the window of a group anew, after a late sample changed one of its slices.</summary>
    public void Rebuild(int id)
    {
        Grow(id + 1);
        slices.Within(_from, _end, _window);
        _window.InsertRange(0, _left);
        ref var state = ref _states[id];
        if (state.Count > SortedValues.Most) Release(id);
        var count = 0L;
        foreach (var slice in _window) count += Count(slice, id);
        if (count > SortedValues.Most) Enlarge(ref state, id);
        else Gather(ref state, id, (int)count);
        (state.Count, state.First, state.Last) = (count, First(id), Last(id));
        _statistics?.Rebuild(id, _window);
    }

    private static long Count(WindowSlice slice, int id) => slice.Grouped.Find(id) is var place && place < 0 ? 0 : slice.Grouped.CountAt(place);

    private void MoveSmall(ref RunningWindow state, int id, int count)
    {
        var had = (int)state.Count;
        Reserve(ref state, Math.Max(count, had));
        var values = _blocks[state.Block, state.Capacity];
        foreach (var slice in _expired) Exchange(values, ref had, ValuesOf(slice, id), []);
        foreach (var slice in _added) Exchange(values, ref had, [], ValuesOf(slice, id));
    }

    private static void Exchange(Span<double> values, ref int count, ReadOnlySpan<double> old, ReadOnlySpan<double> added)
    {
        var both = Math.Min(old.Length, added.Length);
        for (var i = 0; i < both; i++) SortedValues.Replace(values[..count], old[i], added[i]);
        for (var i = both; i < old.Length; i++) SortedValues.Remove(values[..count--], old[i]);
        for (var i = both; i < added.Length; i++) SortedValues.Insert(values[..++count], added[i]);
    }

    private static ReadOnlySpan<double> ValuesOf(WindowSlice slice, int id) =>
        slice.Grouped.Find(id) is var place && place < 0 ? [] : slice.Grouped[place].Values;

    private void MoveLarge(int id)
    {
        var window = _large[id]!;
        foreach (var slice in _expired)
            if (slice.Grouped.Find(id) is var place && place >= 0) window.Remove(slice.Grouped[place]);
        var number = _appendFrom;
        foreach (var slice in _added)
        {
            if (slice.Grouped.Find(id) is var place && place < 0) continue;
            for (; number < slice.Number; number++) window.AppendEmpty(number);
            window.Append(number++, slice.Grouped[place]);
        }
        for (; number < _end; number++) window.AppendEmpty(number);
    }

    private void Enlarge(ref RunningWindow state, int id)
    {
        if (state.Capacity > 0) _blocks.Give(state.Block, state.Capacity);
        state.Capacity = 0;
        if (_large[id] is not { } window && !_spare.TryPop(out window)) window = new LargeWindow(definition.Slicing.Slices, definition.SketchBits);
        contents.Fill(_large[id] = window, id, _window, _end);
    }

    private void Shrink(ref RunningWindow state, int id, int count)
    {
        Release(id);
        Gather(ref state, id, count);
    }

    private void Release(int id)
    {
        _spare.Push(_large[id]!);
        _large[id] = null;
    }

    private void Gather(ref RunningWindow state, int id, int count)
    {
        if (count == 0) return;
        Reserve(ref state, count);
        var values = _blocks[state.Block, count];
        var held = 0;
        foreach (var slice in _window)
        {
            if (slice.Grouped.Find(id) is var place && place < 0) continue;
            var segment = slice.Grouped[place].Values;
            segment.CopyTo(values[held..]);
            held += segment.Length;
        }
        SortedValues.Sort(values);
    }

    private void Reserve(ref RunningWindow state, int count)
    {
        if (state.Capacity >= count) return;
        var capacity = ValueBlocks.CapacityFor(count);
        var block = _blocks.Take(capacity);
        if (state.Capacity > 0)
        {
            _blocks[state.Block, state.Capacity].CopyTo(_blocks[block, capacity]);
            _blocks.Give(state.Block, state.Capacity);
        }
        (state.Block, state.Capacity) = (block, capacity);
    }

    private void Grow(int ids)
    {
        if (_states.Length >= ids) return;
        Array.Resize(ref _states, ids * 9 / 8 + 16);
        Array.Resize(ref _large, _states.Length);
    }

    private TimedValue First(int id)
    {
        foreach (var slice in _window)
            if (slice.Grouped.Find(id) is var place && place >= 0) return slice.Grouped[place].First();
        return default;
    }

    private TimedValue Last(int id)
    {
        for (var i = _window.Count - 1; i >= 0; i--)
            if (_window[i].Grouped.Find(id) is var place && place >= 0) return _window[i].Grouped[place].Last();
        return default;
    }
}
