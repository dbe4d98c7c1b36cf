namespace Pipeline.Processing;

/// <summary>
/// The samples of one group in the order of event time, those of one instant as they came, and the revisions of the sliding windows they end.
/// </summary>
/// <param name="hasTags">Whether the tags of the samples are kept: some further statistics need them.</param>
internal sealed class EventSamples(bool hasTags)
{
    private long[] _times = [];
    private double[] _values = [];
    private int[] _revisions = [];
    private SampleTag[] _tags = [];

    public int Count { get; private set; }
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public TimedValue this[int at] => new(_values[at], _times[at]);

    public StatisticSample Tagged(int at) => new(_times[at], _values[at], hasTags ? _tags[at] : default);

    /// <summary>Of the window that ends with an instant, at its first sample; 0 where it was not published.</summary>
    public ref int Revision(int at) => ref _revisions[at];

    /// <summary>The first sample that is not before an instant.</summary>
    public int FirstFrom(long time)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_times[middle] < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public void Add(in StatisticSample sample)
    {
        Arrays.Grow(ref _times, Count + 1);
        Arrays.Grow(ref _values, Count + 1);
        Arrays.Grow(ref _revisions, Count + 1);
        if (hasTags) Arrays.Grow(ref _tags, Count + 1);
        var at = Count;
        if (at > 0 && _times[at - 1] > sample.Time) Move(at = FirstFrom(sample.Time + 1), at + 1);
        (_times[at], _values[at], _revisions[at]) = (sample.Time, sample.Value, 0);
        if (hasTags) _tags[at] = sample.Tag;
        Count++;
    }

    /// <summary>Lets go of the first so many.</summary>
    public void RemoveFirst(int count)
    {
        Move(count, 0);
        Count -= count;
    }

    /// <summary>Moves the samples from a place on to another.</summary>
    private void Move(int from, int to)
    {
        Array.Copy(_times, from, _times, to, Count - from);
        Array.Copy(_values, from, _values, to, Count - from);
        Array.Copy(_revisions, from, _revisions, to, Count - from);
        if (hasTags) Array.Copy(_tags, from, _tags, to, Count - from);
    }
}
