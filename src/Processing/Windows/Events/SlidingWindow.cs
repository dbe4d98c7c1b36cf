namespace Pipeline.Processing;

/// <summary>
/// The window of one group as it slides from event to event, in the forms of <see cref="RunningWindows"/>: up to
/// <see cref="SortedValues.Most"/> values ascending, of more the counts by bucket. Its figures are those of its samples, whatever way it came.
/// </summary>
internal sealed class SlidingWindow(WindowDefinition definition)
{
    private readonly long _size = definition.Slicing.Size;
    private readonly SlidingStates? _states = definition.Statistics is { } statistics ? new SlidingStates(definition.Slicing.Size, statistics) : null;
    private double[] _sorted = new double[8];
    private LargeWindow? _large; // its counts alone
    private SlidingExtent? _extent;
    private int _from;

    /// <summary>The sample after its last.</summary>
    public int To { get; private set; }

    public int Count => To - _from;
    public bool IsLarge => Count > SortedValues.Most;
    public ReadOnlySpan<double> Sorted => _sorted.AsSpan(0, Count);
    public TimedValue First(EventSamples samples) => samples[_from];
    public TimedValue Last(EventSamples samples) => samples[To - 1];
    public LargeFigures Large(EventSamples samples) => new(_large!, _extent!.Of(samples, _from, To), First(samples), Last(samples));

    /// <summary>The further statistics, where there are any.</summary>
    public StatisticStates? States(EventSamples samples) => _states?.Of(samples, _from, To);

    /// <summary>Takes all out, and stands before a sample.</summary>
    public void Clear(int from)
    {
        _from = To = from;
        _states?.Clear();
    }

    /// <summary>That so many samples were taken away in front.</summary>
    public void Shift(int count)
    {
        if (count > _from) Clear(-1);
        else (_from, To) = (_from - count, To - count);
        _extent?.Shift(count);
        _states?.Shift(count);
    }

    /// <summary>Moves on to the window that ends with a sample.</summary>
    /// <param name="to">The sample after it.</param>
    public void MoveTo(EventSamples samples, int to)
    {
        var (oldest, from) = (samples.Times[to - 1] - _size, _from);
        while (samples.Times[from] <= oldest) from++;
        var old = samples.Values[_from..Math.Min(from, To)];
        var added = samples.Values[Math.Max(from, To)..to];
        if (to - from > SortedValues.Most) MoveLarge(samples.Values[from..to], old, added);
        else if (IsLarge) Gather(samples.Values[from..to]);
        else MoveSmall(old, added);
        (_from, To) = (from, to);
    }

    private void MoveSmall(ReadOnlySpan<double> old, ReadOnlySpan<double> added)
    {
        Reserve(Count - old.Length + added.Length);
        SortedValues.Exchange(_sorted, Count, old, added);
    }

    private void MoveLarge(ReadOnlySpan<double> all, ReadOnlySpan<double> old, ReadOnlySpan<double> added)
    {
        _large ??= new LargeWindow(1, definition.SketchBits);
        _extent ??= new SlidingExtent(_size);
        if (!IsLarge)
        {
            _large.Histogram.Clear();
            _extent.Clear();
            added = all;
        }
        else
            _large.Histogram.Add(old, -1);
        _large.Histogram.Add(added, 1);
    }

    private void Gather(ReadOnlySpan<double> all)
    {
        Reserve(all.Length);
        all.CopyTo(_sorted);
        SortedValues.Sort(_sorted.AsSpan(0, all.Length));
    }

    private void Reserve(int count)
    {
        if (_sorted.Length < count) Array.Resize(ref _sorted, Math.Min(SortedValues.Most, Math.Max(count, _sorted.Length * 2)));
    }
}
