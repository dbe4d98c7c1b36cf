namespace Pipeline.Processing;

/// <summary>
/// The mean in which a sample's weight halves with every half-life of its age: the samples of the window and no earlier ones, so that what
/// is forgotten does not depend on when a process started. The state is the mean, and the weight as the latest sample sees it; how old that
/// one is at the window's end is a factor of all weights, and drops out. Commutative.
/// </summary>
/// <param name="halfLife">Milliseconds.</param>
internal sealed class DecayingMean(long halfLife) : IStatistic
{
    public const string StateName = "ewma";
    private long _time;
    private double _weight, _mean;

    public string Name => StateName;
    private long HalfLife => halfLife;

    public IStatistic Empty() => new DecayingMean(halfLife);

    public void Add(in StatisticSample sample) => Merge(sample.Time, 1, sample.Value);

    public void Merge(IStatistic later) => Merge(((DecayingMean)later)._time, ((DecayingMean)later)._weight, ((DecayingMean)later)._mean);

    public void Finish(FurtherFigures figures) => figures.Ewma = _weight == 0 ? null : _mean;

    public bool IsLike(IEncodedState other) => other is DecayingMean mean && mean.HalfLife == halfLife;

    public void Write(StateWriter to)
    {
        to.Number((ulong)halfLife);
        to.Time(_time);
        to.Double(_weight);
        to.Double(_mean);
    }

    /// <exception cref="FormatException">No samples have this state.</exception>
    public static IStatistic Read(ref VarintReader from)
    {
        var halfLife = from.ReadCount();
        if (halfLife == 0) throw new FormatException("A half-life is longer than nothing.");
        var state = new DecayingMean(halfLife) { _time = from.ReadTime(), _weight = from.ReadFinite(), _mean = from.ReadFinite() };
        return state._weight is >= 1 and < 1L << 62 || state is { _weight: 0, _mean: 0, _time: 0 }
            ? state : throw new FormatException($"{state._weight} is no sum of weights.");
    }

    private void Merge(long time, double weight, double mean)
    {
        if (weight == 0) return;
        if (_weight == 0)
        {
            (_time, _weight, _mean) = (time, weight, mean);
            return;
        }
        var latest = Math.Max(_time, time);
        var (before, added) = (_weight * Halving.Of(latest - _time, halfLife), weight * Halving.Of(latest - time, halfLife));
        _weight = before + added;
        if (_mean != mean) _mean = Summary.Finite(_mean * (before / _weight) + mean * (added / _weight));
        _time = latest;
    }
}
