using System.Runtime.InteropServices;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The groups of one definition, numbered, and in the order of their names. A group that no slice holds any more is kept for a while,
/// since it is likely to come again.
/// </summary>
/// <param name="overflow">The labels of the group for what finds no room; null where everything does.</param>
internal sealed class WindowGroups(WindowDefinition definition, LabelSet? overflow = null)
{
    private readonly Dictionary<(string, LabelSet), WindowGroup> _byLabels = [];
    private readonly List<WindowGroup> _joined = [];
    private readonly List<int> _retired = [];
    private readonly List<int> _idle = [];
    private readonly Stack<int> _free = [];
    private WindowGroup?[] _byId = new WindowGroup?[16];
    private int[] _holders = new int[16];
    private bool[] _isIdle = new bool[16];
    private int[] _order = [], _spare = [];
    private int _ordered, _settled;
    private bool _isSorted;
    private WindowGroup? _overflow;

    public WindowDefinition Definition => definition;

    /// <summary>Which series are in which of them.</summary>
    public SeriesGroups Series { get; } = new();

    /// <summary>How many there are, beside the one for overflow.</summary>
    public int Count => _byLabels.Count - (_overflow is null ? 0 : 1);

    /// <summary>How many may not be held any more.</summary>
    public int Idle => _idle.Count;

    /// <summary>One more than the highest number ever given.</summary>
    public int Ids { get; private set; }

    public WindowGroup this[int id] => _byId[id]!;

    public WindowGroup? Find(string metric, LabelSet labels) => _byLabels.GetValueOrDefault((metric, labels));

    /// <summary>Where samples go whose own group would be one too many.</summary>
    public WindowGroup Overflow => _overflow ??= Find(definition.Metric, overflow!) ?? Add(definition.Metric, overflow!);

    public WindowGroup Add(string metric, LabelSet labels)
    {
        if (!_free.TryPop(out var id)) id = Ids++;
        Arrays.Grow(ref _byId, Ids);
        Arrays.Grow(ref _holders, Ids);
        Arrays.Grow(ref _isIdle, Ids);
        var group = new WindowGroup(id, metric, labels);
        _byId[id] = group;
        _byLabels.Add((metric, labels), group);
        _joined.Add(group);
        _isSorted = false;
        return group;
    }

    /// <summary>
    /// Numbers the groups that have joined since the last time by their names, so that results lie in memory as they are read.
    /// Nothing but the series and the logs of slices may know their numbers yet.
    /// </summary>
    /// <param name="live">Slices that may have them in their logs.</param>
    public void Settle(IList<WindowSlice> live)
    {
        var (from, next) = (_settled, _settled);
        _settled = Ids;
        if (Ids - from < 2) return;
        SortJoined();
        var numbers = new int[Ids - from];
        foreach (var group in _joined)
        {
            if (group.Id < from) continue;
            numbers[group.Id - from] = next;
            (_byId[next], group.Id) = (group, next++);
        }
        Series.Renumber(from, numbers);
        foreach (var slice in live) slice.Renumber(from, numbers);
    }

    /// <summary>One more slice holds it.</summary>
    public void Hold(int id) => _holders[id]++;

    /// <summary>One slice less holds it.</summary>
    public void Release(int id)
    {
        if (--_holders[id] > 0 || _isIdle[id]) return;
        _isIdle[id] = true;
        _idle.Add(id);
    }

    /// <summary>Lets go of the groups that no slice holds, not even in its log.</summary>
    public void Sweep(IList<WindowSlice> live)
    {
        foreach (var slice in live)
            foreach (ref readonly var entry in slice.Log) _isIdle[entry.Group] = false;
        foreach (var id in _idle)
        {
            if (_holders[id] == 0 && _isIdle[id]) Retire(id);
            _isIdle[id] = false;
        }
        _idle.Clear();
    }

    private void Retire(int id)
    {
        var group = _byId[id]!;
        _byId[id] = null;
        if (group == _overflow) _overflow = null;
        Series.Forget(id);
        _byLabels.Remove((group.Metric, group.Labels));
        _retired.Add(id);
        if (_retired.Count > 1024 + Count) Order();
    }

    /// <summary>The numbers of all groups in the order of their names: the order of results, which no history shows in.</summary>
    public ReadOnlySpan<int> InOrder()
    {
        if (_joined.Count > 0 || _retired.Count > 0) Order();
        return _order.AsSpan(0, _ordered);
    }

    private void Order()
    {
        var kept = 0;
        foreach (var id in _order.AsSpan(0, _ordered))
            if (_byId[id] is not null) _order[kept++] = id;
        foreach (var id in _retired) _free.Push(id);
        _settled = Ids;
        _joined.RemoveAll(g => _byId[g.Id] != g);
        SortJoined();
        Arrays.Renew(ref _spare, kept + _joined.Count);
        var (from, to) = (0, 0);
        foreach (var group in _joined)
        {
            var place = PlaceOf(group, from, kept);
            _order.AsSpan(from, place - from).CopyTo(_spare.AsSpan(to));
            to += place - from;
            (from, _spare[to++]) = (place, group.Id);
        }
        _order.AsSpan(from, kept - from).CopyTo(_spare.AsSpan(to));
        _ordered = to + kept - from;
        (_order, _spare) = (_spare, _order);
        _joined.Clear();
        _retired.Clear();
    }

    private void SortJoined()
    {
        if (!_isSorted) NameOrder.Sort(CollectionsMarshal.AsSpan(_joined));
        _isSorted = true;
    }

    /// <summary>Looks near the lower end first: those that joined are gone through in order.</summary>
    private int PlaceOf(WindowGroup group, int low, int high)
    {
        for (var step = 1; low + step < high; step *= 2)
        {
            if (_byId[_order[low + step]]!.CompareTo(group) >= 0) high = low + step;
            else low += step;
        }
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_byId[_order[middle]]!.CompareTo(group) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
