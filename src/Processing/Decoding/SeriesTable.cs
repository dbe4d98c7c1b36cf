namespace Pipeline.Processing;

/// <summary>
/// The series that samples speak of, by number: a number is four bytes, and what is known under it lies in arrays. Whoever fills it may
/// empty it between two batches; the numbers then begin again, in another epoch.
/// </summary>
public sealed class SeriesTable
{
    private SeriesMetric[] _metrics = new SeriesMetric[16];

    public int Count { get; private set; }
    public int Epoch { get; private set; }

    public SeriesMetric this[int number] => _metrics[number];

    /// <returns>Its number.</returns>
    public int Add(SeriesMetric metric)
    {
        Arrays.Grow(ref _metrics, Count + 1);
        _metrics[Count] = metric;
        return Count++;
    }

    public void Clear()
    {
        Array.Clear(_metrics, 0, Count);
        Count = 0;
        Epoch++;
    }
}
