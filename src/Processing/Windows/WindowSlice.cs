using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>One live slice of event time: a log of what came, which is sorted by group when a window needs it.</summary>
internal sealed class WindowSlice : LivePart
{
    private LogEntry[] _log = [];
    private SampleTag[] _tags = [];
    private readonly HashSet<int> _members = [];
    private int _counted;

    /// <summary>Unix milliseconds.</summary>
    public long Start { get; private set; }
    public long Samples { get; private set; }
    public GroupedSamples Grouped { get; set; } = new();
    public ReadOnlySpan<LogEntry> Log => _log.AsSpan(0, Logged);
    public int Logged { get; private set; }

    /// <summary>Of the log's samples, where they came with tags.</summary>
    public ReadOnlySpan<SampleTag> Tags => _tags.AsSpan(0, Math.Min(Logged, _tags.Length));

    public void Begin(long number, long start, long offset, WatermarkRecord watermark)
    {
        (Number, Start, FirstOffset, AtFirst, Samples, Logged, _counted) = (number, start, offset, watermark, 0, 0, 0);
        Grouped.Begin(start);
        _members.Clear();
    }

    public void Add(int group, int time, double value)
    {
        Room[0] = new LogEntry(group, time, value);
        Fill(1);
    }

    /// <summary>Room for one more sample at least.</summary>
    public Span<LogEntry> Room
    {
        get
        {
            Arrays.Grow(ref _log, Logged + 1);
            return _log.AsSpan(Logged);
        }
    }

    /// <summary>So many of the room have been written.</summary>
    public void Fill(int samples)
    {
        Logged += samples;
        Samples += samples;
    }

    public void Add(int group, int time, double value, SampleTag tag)
    {
        Add(group, time, value);
        Arrays.Grow(ref _tags, Logged);
        _tags[Logged - 1] = tag;
    }

    /// <summary>The log has been put into <see cref="Grouped"/>.</summary>
    /// <param name="log">Empty; for what comes late.</param>
    /// <returns>The room that the log took, to be used again.</returns>
    public LogEntry[] ChangeLog(LogEntry[] log)
    {
        (Logged, _counted) = (0, 0);
        _members.Clear();
        var old = _log;
        _log = log;
        if (log.Length == 0) _tags = [];
        return old;
    }

    /// <summary>Groups that are in its log at most have other numbers now.</summary>
    /// <param name="numbers">Of those from a number on.</param>
    public void Renumber(int from, ReadOnlySpan<int> numbers)
    {
        foreach (ref var entry in _log.AsSpan(0, Logged))
            if (entry.Group >= from) entry = entry with { Group = numbers[entry.Group - from] };
        _members.Clear();
        _counted = 0;
    }

    /// <summary>Whether a sample of the group is in it, or may come into it without there being more than so many groups.</summary>
    public bool Admits(int group, int max)
    {
        if (_members.Count == 0)
            foreach (var id in Grouped.Ids) _members.Add(id);
        for (; _counted < Logged; _counted++) _members.Add(_log[_counted].Group);
        return _members.Contains(group) || _members.Count < max;
    }
}
