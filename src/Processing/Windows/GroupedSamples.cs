namespace Pipeline.Processing;

/// <summary>
/// The samples of a slice by group, ascending by the groups' numbers, in arrays that are used again for the next slice. A group with more
/// samples than are kept in order has a summary in their place.
/// </summary>
internal sealed class GroupedSamples
{
    private readonly Dictionary<int, Summary> _folded = [];
    private int[] _ids = [], _starts = new int[1], _times = [];
    private double[] _values = [];
    private SampleTag[] _tags = [];
    private int _cursor, _longest;
    private long _start;

    public int Groups { get; private set; }
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Groups);

    /// <summary>How many samples are kept as they came.</summary>
    public int Kept => _starts[Groups];

    /// <param name="start">Of the slice, Unix milliseconds.</param>
    public void Begin(long start)
    {
        (_start, Groups, _cursor, _longest, _starts[0]) = (start, 0, 0, 0, 0);
        _folded.Clear();
    }

    /// <summary>The place of a group, or -1. Fast where the numbers asked for ascend.</summary>
    public int Find(int id)
    {
        var ids = Ids;
        var at = _cursor;
        if (at > 0 && ids[at - 1] >= id) at = 0;
        if (at < ids.Length && ids[at] < id) at = Gallop(ids, at, id);
        _cursor = at;
        return at < ids.Length && ids[at] == id ? at : -1;
    }

    /// <summary>The first place behind another whose number is not less: in steps that double, then by halves.</summary>
    private static int Gallop(ReadOnlySpan<int> ids, int at, int id)
    {
        var step = 1;
        for (; at + step < ids.Length && ids[at + step] < id; step *= 2) at += step;
        var found = ids[++at..Math.Min(at - 1 + step, ids.Length)].BinarySearch(id);
        return at + (found < 0 ? ~found : found);
    }

    public Segment this[int place]
    {
        get
        {
            var (from, to) = (_starts[place], _starts[place + 1]);
            return new Segment(_values.AsSpan(from, to - from), _times.AsSpan(from, to - from), _start, from == to ? _folded[_ids[place]] : null);
        }
    }

    /// <summary>The further statistics of the samples at a place.</summary>
    public StatisticStates StatesAt(int place, StatisticSet statistics)
    {
        var states = statistics.Empty();
        var (from, count) = (_starts[place], _starts[place + 1] - _starts[place]);
        if (count == 0) states.Merge(_folded[_ids[place]].Statistics!);
        else if (statistics.NeedsSamples) Tagged(from, count).AddInOrderTo(states);
        else Tagged(from, count).AddTo(states);
        return states;
    }

    public long CountAt(int place)
    {
        var count = _starts[place + 1] - _starts[place];
        return count > 0 ? count : _folded[_ids[place]].Count;
    }

    /// <summary>Takes a log of many groups: a counting sort.</summary>
    /// <param name="tags">Of the entries, or none at all.</param>
    /// <param name="ends">Room for a number per group; zero before and after.</param>
    public void Fill(ReadOnlySpan<LogEntry> log, ReadOnlySpan<SampleTag> tags, Span<int> ends)
    {
        Reserve(Math.Min(ends.Length, log.Length), log.Length, tags.Length);
        foreach (ref readonly var entry in log) ends[entry.Group]++;
        var total = 0;
        for (var id = 0; id < ends.Length; id++)
        {
            if (ends[id] == 0) continue;
            _longest = Math.Max(_longest, ends[id]);
            Open(id, total);
            (ends[id], total) = (total, total + ends[id]);
        }
        _starts[Groups] = total;
        foreach (ref readonly var entry in log)
        {
            var at = ends[entry.Group]++;
            _values[at] = entry.Value;
            _times[at] = entry.Time;
        }
        for (var i = tags.Length - 1; i >= 0; i--) _tags[--ends[log[i].Group]] = tags[i]; // back over the same places
        ends.Clear();
    }

    /// <summary>Takes a log that is short beside the number of groups.</summary>
    public void Fill(ReadOnlySpan<LogEntry> log, ReadOnlySpan<SampleTag> tags)
    {
        Reserve(log.Length, log.Length, tags.Length);
        var order = new long[log.Length];
        for (var i = 0; i < log.Length; i++) order[i] = (long)log[i].Group << 32 | (uint)i;
        Array.Sort(order);
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var entry = ref log[(int)order[i]];
            if (Groups == 0 || _ids[Groups - 1] != entry.Group) Open(entry.Group, i);
            (_values[i], _times[i]) = (entry.Value, entry.Time);
            _starts[Groups] = i + 1;
            _longest = Math.Max(_longest, i + 1 - _starts[Groups - 1]);
        }
        for (var i = 0; i < tags.Length; i++) _tags[i] = tags[(int)order[i]];
    }

    /// <summary>Takes what two others hold of the slice; the older one's samples came first.</summary>
    public void Fill(GroupedSamples older, GroupedSamples newer)
    {
        Reserve(older.Groups + newer.Groups, older.Kept + newer.Kept, Math.Min(older._tags.Length + newer._tags.Length, older.Kept + newer.Kept));
        foreach (var (id, summary) in older._folded) _folded.Add(id, summary);
        for (int i = 0, j = 0; i < older.Groups || j < newer.Groups;)
        {
            var id = Math.Min(i < older.Groups ? older._ids[i] : int.MaxValue, j < newer.Groups ? newer._ids[j] : int.MaxValue);
            Open(id, Kept);
            _starts[Groups] = _starts[Groups - 1];
            if (i < older.Groups && older._ids[i] == id) Append(older, i++);
            if (j < newer.Groups && newer._ids[j] == id) Append(newer, j++);
            _longest = Math.Max(_longest, Kept - _starts[Groups - 1]);
        }
    }

    /// <summary>Puts summaries in the place of long runs of samples.</summary>
    public void Fold(int sketchBits, StatisticSet? statistics)
    {
        if (_longest <= SortedValues.Most && _folded.Count == 0 || statistics?.NeedsSamples == true) return;
        var kept = 0;
        for (var at = 0; at < Groups; at++)
        {
            var (from, count, id) = (_starts[at], _starts[at + 1] - _starts[at], _ids[at]);
            _starts[at] = kept;
            if (count > SortedValues.Most || _folded.ContainsKey(id))
            {
                if (!_folded.TryGetValue(id, out var summary)) _folded.Add(id, summary = new Summary(sketchBits, statistics));
                new Segment(_values.AsSpan(from, count), _times.AsSpan(from, count), _start, null).AddTo(summary);
                if (summary.Statistics is { } states) Tagged(from, count).AddTo(states);
                continue;
            }
            TagsAt(from, count).CopyTo(_tags.AsSpan(Math.Min(kept, _tags.Length)));
            _values.AsSpan(from, count).CopyTo(_values.AsSpan(kept));
            _times.AsSpan(from, count).CopyTo(_times.AsSpan(kept));
            kept += count;
        }
        (_starts[Groups], _longest) = (kept, 0);
    }

    private void Append(GroupedSamples from, int place)
    {
        var (start, count) = (from._starts[place], from._starts[place + 1] - from._starts[place]);
        from._values.AsSpan(start, count).CopyTo(_values.AsSpan(Kept));
        from._times.AsSpan(start, count).CopyTo(_times.AsSpan(Kept));
        from.TagsAt(start, count).CopyTo(_tags.AsSpan(Math.Min(Kept, _tags.Length)));
        _starts[Groups] += count;
    }

    private void Open(int id, int start) => (_ids[Groups], _starts[Groups], Groups) = (id, start, Groups + 1);

    private TaggedSamples Tagged(int from, int count) =>
        new(_start, _times.AsSpan(from, count), _values.AsSpan(from, count), TagsAt(from, count));

    private Span<SampleTag> TagsAt(int from, int count) => _tags.Length == 0 ? [] : _tags.AsSpan(from, count);

    /// <param name="tags">As many as samples, or 0 where they have none.</param>
    private void Reserve(int groups, int samples, int tags)
    {
        if (_ids.Length < groups) (_ids, _starts) = (new int[groups + groups / 8], new int[groups + groups / 8 + 1]);
        if (_values.Length < samples) (_values, _times) = (new double[samples + samples / 8], new int[samples + samples / 8]);
        if (_tags.Length < tags) _tags = new SampleTag[tags + tags / 8];
    }
}
