namespace Pipeline.Processing;

/// <summary>The samples of one group in one slice, in the order in which they came; or, where they are many, their summary.</summary>
/// <param name="times">Milliseconds since <paramref name="start"/>.</param>
internal readonly ref struct Segment(ReadOnlySpan<double> values, ReadOnlySpan<int> times, long start, Summary? folded)
{
    private readonly ReadOnlySpan<int> _times = times;

    public ReadOnlySpan<double> Values { get; } = values;
    public Summary? Folded { get; } = folded;
    public long Count => Folded?.Count ?? Values.Length;

    /// <summary>The earliest; of those of one instant the one that came first.</summary>
    public TimedValue First()
    {
        if (Folded is not null) return new TimedValue(Folded.First, Folded.FirstTime);
        var at = 0;
        for (var i = 1; i < _times.Length; i++)
            if (_times[i] < _times[at]) at = i;
        return new TimedValue(Values[at], start + _times[at]);
    }

    /// <summary>The latest; of those of one instant the one that came last.</summary>
    public TimedValue Last()
    {
        if (Folded is not null) return new TimedValue(Folded.Last, Folded.LastTime);
        var at = 0;
        for (var i = 1; i < _times.Length; i++)
            if (_times[i] >= _times[at]) at = i;
        return new TimedValue(Values[at], start + _times[at]);
    }

    public void AddTo(Summary summary)
    {
        for (var i = 0; i < Values.Length; i++) summary.Add(start + _times[i], Values[i]);
    }
}
