using System.Runtime.InteropServices;

namespace Pipeline.Processing;

/// <summary>
/// The windows of all groups at one end, moved on slice by slice: what a slice brings is added and what an expired one held is taken away,
/// so that a slide costs the same whatever the overlap. Whatever way a window came, its figures are those of its slices, to the last bit:
/// few samples are kept in ascending order, of many the counts by bucket are (see <see cref="LargeWindow"/> for the rest).
/// </summary>
internal sealed class RunningWindows(WindowDefinition definition, WindowSlices slices, WindowContents contents)
{
    private const int Ahead = 4;

    private readonly List<WindowSlice> _added = [], _expired = [], _window = [], _left = [];
    private readonly ValueRows _rows = new();
    private readonly Stack<LargeWindow> _spare = [];
    private readonly RunningStatistics? _statistics = definition.Statistics is { } statistics ? new RunningStatistics(definition, statistics) : null;
    private readonly List<(int Id, GroupedSamples In, int Place)> _firsts = [];
    private RunningWindow[] _states = [];
    private LargeWindow?[] _large = [];
    private long _from, _end, _appendFrom;
    private bool _hasGap;

    /// <summary>Whether the windows as they now stand hold a slice.</summary>
    public bool Holds(long number) => number >= _from && number < _end;

    public bool HasStatistics => _statistics is not null;

    public ref readonly RunningWindow this[int id] => ref _states[id];
    public ReadOnlySpan<double> Sorted(int id) => _rows[id, (int)_states[id].Count];

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

    /// <summary>Moves the further statistics of a group, after it was moved.</summary>
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
            foreach (var id in slice.Grouped.Ids) Move(id, id + 1);
        End();
        _statistics?.Clear();
        (_from, _end) = (from, end);
    }

    /// <summary>Moves some groups, one after the other.</summary>
    public void Move(int from, int end)
    {
        for (var id = from; id < end; id++)
        {
            Fetch(id);
            Move(id);
        }
        FindFirsts();
    }

    /// <summary>Has fetched what groups further on will need, step by step where one place tells the next.</summary>
    private void Fetch(int id)
    {
        if (id + Ahead < _states.Length && IsKept(_states[id + Ahead].Count)) _rows.Fetch(id + Ahead, (int)_states[id + Ahead].Count);
        if (LargeAt(id + 3 * Ahead) is { } far) Cache.FetchObject(far);
        if (LargeAt(id + 2 * Ahead) is { } near) Cache.FetchObject(near.Histogram);
        LargeAt(id + Ahead)?.Fetch(_end - 1);
    }

    private LargeWindow? LargeAt(int id) => id < _large.Length ? _large[id] : null;

    private void Move(int id)
    {
        if (_expired.Count == 1 && _added.Count == 1 && TryStep(id)) return;
        ref var state = ref _states[id];
        long removed = 0, added = 0;
        foreach (var slice in _expired) removed += Count(slice, id);
        foreach (var slice in _added) added += Count(slice, id);
        var wasEmpty = state.Count == 0;
        if (wasEmpty && added == 0) return;
        var count = state.Count + added - removed;
        if (state.Count > SortedValues.Most && count > SortedValues.Most && !_hasGap) MoveLarge(id);
        else if (count > SortedValues.Most) Enlarge(id);
        else if (state.Count > SortedValues.Most) Shrink(id, (int)count);
        else MoveSmall(ref state, id, (int)count);
        SetCount(ref state, id, count);
        if (count == 0) return;
        if (removed > 0 || wasEmpty) state.First = First(id);
        if (added > 0) state.Last = Last(id);
    }

    /// <summary>The usual step: by one slice, and without a change of form.</summary>
    private bool TryStep(int id)
    {
        ref var state = ref _states[id];
        var isLarge = state.Count > SortedValues.Most;
        var (expired, added) = (_expired[0].Grouped, _added[0].Grouped);
        var (oldPlace, newPlace) = (expired.Find(id), added.Find(id));
        if (oldPlace < 0 && newPlace < 0 && !isLarge) return true;
        Segment old = oldPlace < 0 ? default : expired[oldPlace], brought = newPlace < 0 ? default : added[newPlace];
        var (had, count) = (state.Count, state.Count - old.Count + brought.Count);
        if (count > SortedValues.Most != isLarge || isLarge && _hasGap) return false;
        if (isLarge) MoveLarge(id);
        else SortedValues.Exchange(_rows.Reserve(id, (int)Math.Max(count, had)), (int)had, old.Values, brought.Values);
        SetCount(ref state, id, count);
        if (count == 0) return true;
        if (newPlace >= 0) state.Last = brought.Last();
        if (count == brought.Count) state.First = brought.First();
        else if (oldPlace >= 0) _firsts.Add((id, null!, 0));
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
        if (count > SortedValues.Most) Enlarge(id);
        else Gather(id, (int)count);
        SetCount(ref state, id, count);
        (state.First, state.Last) = (First(id), Last(id));
        _statistics?.Rebuild(id, _window);
    }

    private static long Count(WindowSlice slice, int id) => slice.Grouped.Find(id) is var place && place < 0 ? 0 : slice.Grouped.CountAt(place);

    private void MoveSmall(ref RunningWindow state, int id, int count)
    {
        var had = (int)state.Count;
        var values = _rows.Reserve(id, Math.Max(count, had));
        foreach (var slice in _expired)
        {
            var old = ValuesOf(slice, id);
            SortedValues.Exchange(values, had, old, []);
            had -= old.Length;
        }
        foreach (var slice in _added)
        {
            var added = ValuesOf(slice, id);
            SortedValues.Exchange(values, had, [], added);
            had += added.Length;
        }
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

    private void Enlarge(int id)
    {
        if (_large[id] is not { } window && !_spare.TryPop(out window)) window = new LargeWindow(definition.Slicing.Slices, definition.SketchBits);
        contents.Fill(_large[id] = window, id, _window, _end);
    }

    private void Shrink(int id, int count)
    {
        Release(id);
        Gather(id, count);
    }

    private void Release(int id)
    {
        _spare.Push(_large[id]!);
        _large[id] = null;
    }

    private void Gather(int id, int count)
    {
        if (count == 0) return;
        var values = _rows.Reserve(id, count)[..count];
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

    private void SetCount(ref RunningWindow state, int id, long count)
    {
        var (had, has) = (IsKept(state.Count), IsKept(count));
        state.Count = count;
        if (has && !had) _rows.Join(id);
        else if (had && !has) _rows.Leave(id);
    }

    private static bool IsKept(long count) => count is > 0 and <= SortedValues.Most;

    private void Grow(int ids)
    {
        Arrays.Extend(ref _states, ids);
        Arrays.Extend(ref _large, ids);
        _rows.Grow(_states.Length);
    }

    /// <summary>Finds the first samples of groups that lost theirs, in passes: what each needs from memory is asked for before it is waited for.</summary>
    private void FindFirsts()
    {
        var firsts = CollectionsMarshal.AsSpan(_firsts);
        foreach (ref var first in firsts)
        {
            var at = 0;
            while ((first.Place = _window[at].Grouped.Find(first.Id)) < 0) at++;
            first.In = _window[at].Grouped;
            first.In.FetchStart(first.Place);
        }
        foreach (ref var first in firsts) first.In.FetchSamples(first.Place);
        foreach (ref var first in firsts) _states[first.Id].First = first.In[first.Place].First();
        _firsts.Clear();
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
