using System.Runtime.CompilerServices;

namespace Pipeline.Processing;

/// <summary>
/// The samples of a slice by group, ascending by the groups' numbers, in arrays that are used again for the next slice. A group with more
/// samples than are kept in order has a summary in their place.
/// </summary>
internal sealed class GroupedSamples
{
    /// <summary>By place.</summary>
    private readonly Dictionary<int, Summary> _folded = [];

    private int[] _starts = new int[1], _times = [];
    private double[] _values = [];
    private SampleTag[] _tags = [];
    private int _longest;
    private long _start;

    /// <summary>The numbers of the groups.</summary>
    public RankedSet Ids { get; } = new();

    /// <summary>How many groups there are.</summary>
    public int Groups => Ids.Count;

    /// <summary>How many samples are kept as they came.</summary>
    public int Kept => _starts[Groups];

    /// <param name="start">Of the slice, Unix milliseconds.</param>
    public void Begin(long start)
    {
        (_start, _longest, _starts[0]) = (start, 0, 0);
        Ids.Begin(0);
        _folded.Clear();
    }

    /// <summary>The place of a group, or -1.</summary>
    public int Find(int id) => Ids.PlaceOf(id);

    /// <summary>Has fetched where the samples at a place are.</summary>
    public void FetchStart(int place) => Cache.Fetch(_starts, place);

    /// <summary>Has fetched the samples at a place.</summary>
    public void FetchSamples(int place)
    {
        Cache.Fetch(_values, _starts[place]);
        Cache.Fetch(_times, _starts[place]);
    }

    public Segment this[int place]
    {
        get
        {
            var (from, to) = (_starts[place], _starts[place + 1]);
            return new Segment(_values.AsSpan(from, to - from), _times.AsSpan(from, to - from), _start, from == to ? _folded[place] : null);
        }
    }

    /// <summary>The further statistics of the samples at a place.</summary>
    public StatisticStates StatesAt(int place, StatisticSet statistics)
    {
        var states = statistics.Empty();
        var (from, count) = (_starts[place], _starts[place + 1] - _starts[place]);
        if (count == 0) states.Merge(_folded[place].Statistics!);
        else if (statistics.NeedsSamples) Tagged(from, count).AddInOrderTo(states);
        else Tagged(from, count).AddTo(states);
        return states;
    }

    public long CountAt(int place)
    {
        var count = _starts[place + 1] - _starts[place];
        return count > 0 ? count : _folded[place].Count;
    }

    /// <summary>Takes a log of many groups: a counting sort.</summary>
    /// <param name="tags">Of the entries, or none at all.</param>
    /// <param name="ends">Room for a number per group; zero before and after.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // as part of something larger, its loops would keep their variables on the stack
    public void Fill(ReadOnlySpan<LogEntry> log, ReadOnlySpan<SampleTag> tags, Span<int> ends)
    {
        Ids.Begin(ends.Length);
        foreach (ref readonly var entry in log)
        {
            ends[entry.Group]++;
            Ids.Add(entry.Group);
        }
        Reserve(Ids.Rank(), log.Length, tags.Length);
        var (place, total) = (0, 0);
        foreach (var id in Ids)
        {
            _longest = Math.Max(_longest, ends[id]);
            _starts[place++] = total;
            (ends[id], total) = (total, total + ends[id]);
        }
        _starts[place] = total;
        var (values, times) = (_values, _times);
        foreach (ref readonly var entry in log)
        {
            var at = ends[entry.Group]++;
            values[at] = entry.Value;
            times[at] = entry.Time;
        }
        for (var i = tags.Length - 1; i >= 0; i--) _tags[--ends[log[i].Group]] = tags[i]; // back over the same places
        ends.Clear();
    }

    /// <summary>Takes a log that is short beside the number of groups.</summary>
    /// <param name="groups">One more than the highest number of a group.</param>
    public void Fill(ReadOnlySpan<LogEntry> log, ReadOnlySpan<SampleTag> tags, int groups)
    {
        Ids.Begin(groups);
        var order = new long[log.Length];
        for (var i = 0; i < log.Length; i++)
        {
            order[i] = (long)log[i].Group << 32 | (uint)i;
            Ids.Add(log[i].Group);
        }
        Array.Sort(order);
        Reserve(Ids.Rank(), log.Length, tags.Length);
        for (int i = 0, place = -1; i < order.Length; i++)
        {
            ref readonly var entry = ref log[(int)order[i]];
            if (i == 0 || order[i] >> 32 != order[i - 1] >> 32) _starts[++place] = i;
            (_values[i], _times[i]) = (entry.Value, entry.Time);
            _starts[place + 1] = i + 1;
            _longest = Math.Max(_longest, i + 1 - _starts[place]);
        }
        for (var i = 0; i < tags.Length; i++) _tags[i] = tags[(int)order[i]];
    }

    /// <summary>Takes what two others hold of the slice; the older one's samples came first.</summary>
    /// <param name="groups">One more than the highest number of a group.</param>
    public void Fill(GroupedSamples older, GroupedSamples newer, int groups)
    {
        Ids.Begin(groups);
        Ids.Add(older.Ids);
        Ids.Add(newer.Ids);
        Reserve(Ids.Rank(), older.Kept + newer.Kept, Math.Min(older._tags.Length + newer._tags.Length, older.Kept + newer.Kept));
        var (place, kept) = (0, 0);
        foreach (var id in Ids)
        {
            _starts[place] = kept;
            if (older.Find(id) is var old && old >= 0)
            {
                kept = Append(older, old, kept);
                if (older._folded.TryGetValue(old, out var summary)) _folded.Add(place, summary);
            }
            if (newer.Find(id) is var late && late >= 0) kept = Append(newer, late, kept);
            _longest = Math.Max(_longest, kept - _starts[place++]);
        }
        _starts[place] = kept;
    }

    /// <summary>Puts summaries in the place of long runs of samples.</summary>
    public void Fold(int sketchBits, StatisticSet? statistics)
    {
        if (_longest <= SortedValues.Most && _folded.Count == 0 || statistics?.NeedsSamples == true) return;
        var kept = 0;
        for (var at = 0; at < Groups; at++)
        {
            var (from, count) = (_starts[at], _starts[at + 1] - _starts[at]);
            _starts[at] = kept;
            if (count > SortedValues.Most || _folded.ContainsKey(at))
            {
                if (!_folded.TryGetValue(at, out var summary)) _folded.Add(at, summary = new Summary(sketchBits, statistics));
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

    /// <returns>How many samples are kept then.</returns>
    private int Append(GroupedSamples from, int place, int kept)
    {
        var (start, count) = (from._starts[place], from._starts[place + 1] - from._starts[place]);
        from._values.AsSpan(start, count).CopyTo(_values.AsSpan(kept));
        from._times.AsSpan(start, count).CopyTo(_times.AsSpan(kept));
        from.TagsAt(start, count).CopyTo(_tags.AsSpan(Math.Min(kept, _tags.Length)));
        return kept + count;
    }

    private TaggedSamples Tagged(int from, int count) =>
        new(_start, _times.AsSpan(from, count), _values.AsSpan(from, count), TagsAt(from, count));

    private Span<SampleTag> TagsAt(int from, int count) => _tags.Length == 0 ? [] : _tags.AsSpan(from, count);

    /// <param name="tags">As many as samples, or 0 where they have none.</param>
    private void Reserve(int groups, int samples, int tags)
    {
        Arrays.Renew(ref _starts, groups + 1);
        Arrays.Renew(ref _values, samples);
        Arrays.Renew(ref _times, samples);
        Arrays.Renew(ref _tags, tags);
    }
}
