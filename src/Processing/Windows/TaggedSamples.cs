namespace Pipeline.Processing;

/// <summary>The samples of one group in one slice, in the order in which they came, with what statistics may need to know of them.</summary>
/// <param name="start">Of the slice, Unix milliseconds.</param>
/// <param name="times">Milliseconds since then.</param>
/// <param name="tags">As many, or none.</param>
internal readonly ref struct TaggedSamples(long start, ReadOnlySpan<int> times, ReadOnlySpan<double> values, ReadOnlySpan<SampleTag> tags)
{
    private readonly ReadOnlySpan<int> _times = times;
    private readonly ReadOnlySpan<double> _values = values;
    private readonly ReadOnlySpan<SampleTag> _tags = tags;

    public void AddTo(StatisticStates states)
    {
        for (var i = 0; i < _values.Length; i++) states.Add(At(i));
    }

    /// <summary>Adds them series by series, each in the order of time; of one instant, as they came.</summary>
    public void AddInOrderTo(StatisticStates states)
    {
        if (IsInOrder())
        {
            AddTo(states);
            return;
        }
        var order = new (ulong Series, int Time, int Place)[_values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = (_tags[i].Series, _times[i], i);
        Array.Sort(order);
        foreach (var (_, _, place) in order) states.Add(At(place));
    }

    /// <summary>As samples of a single series mostly are.</summary>
    private bool IsInOrder()
    {
        for (var i = 1; i < _values.Length; i++)
            if (_tags[i].Series < _tags[i - 1].Series || _tags[i].Series == _tags[i - 1].Series && _times[i] < _times[i - 1]) return false;
        return true;
    }

    private StatisticSample At(int place) => new(start + _times[place], _values[place], _tags.Length == 0 ? default : _tags[place]);
}
