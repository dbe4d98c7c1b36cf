namespace Pipeline.Processing;

/// <summary>The samples of one group in the order of event time, those of one instant as they came, and the revisions of the windows they end.</summary>
internal sealed class SlidingSamples
{
    private long[] _times = new long[8];
    private double[] _values = new double[8];
    private int[] _revisions = new int[8];

    public int Count { get; private set; }
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public TimedValue this[int at] => new(_values[at], _times[at]);

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

    public void Add(long time, double value)
    {
        if (Count == _times.Length) Grow();
        var at = Count;
        if (at > 0 && _times[at - 1] > time)
        {
            at = FirstFrom(time + 1);
            Array.Copy(_times, at, _times, at + 1, Count - at);
            Array.Copy(_values, at, _values, at + 1, Count - at);
            Array.Copy(_revisions, at, _revisions, at + 1, Count - at);
        }
        (_times[at], _values[at], _revisions[at]) = (time, value, 0);
        Count++;
    }

    /// <summary>Lets go of the first so many.</summary>
    public void RemoveFirst(int count)
    {
        Count -= count;
        Array.Copy(_times, count, _times, 0, Count);
        Array.Copy(_values, count, _values, 0, Count);
        Array.Copy(_revisions, count, _revisions, 0, Count);
    }

    private void Grow()
    {
        Array.Resize(ref _times, Count * 2);
        Array.Resize(ref _values, Count * 2);
        Array.Resize(ref _revisions, Count * 2);
    }
}
