namespace Pipeline.Processing;

/// <summary>
/// The standard deviation of all samples (population), from their number, mean and squared deviations (M2): Welford's way of adding, and the
/// merging of Chan, Golub and LeVeque (Updating formulae and a pairwise algorithm for computing sample variances, 1979), which do not
/// subtract what is large and nearly equal. Commutative.
/// </summary>
internal sealed class Deviation : IStatistic
{
    public const string StateName = "standardDeviation";
    private long _count;
    private double _mean, _squares;

    public string Name => StateName;
    long? IEncodedState.Count => _count;

    public IStatistic Empty() => new Deviation();

    public void Add(in StatisticSample sample)
    {
        var delta = Summary.Finite(sample.Value - _mean);
        _mean = Summary.Finite(_mean + delta / ++_count);
        _squares = Summary.Finite(_squares + delta * Summary.Finite(sample.Value - _mean));
    }

    public void Merge(IStatistic later)
    {
        var other = (Deviation)later;
        if (other._count == 0) return;
        if (_count == 0) (_count, _mean, _squares) = (other._count, other._mean, other._squares);
        else
        {
            var total = _count + other._count;
            var delta = Summary.Finite(other._mean - _mean);
            _squares = Summary.Finite(_squares + other._squares + Summary.Finite(delta * delta) * ((double)_count * other._count / total));
            if (delta != 0) _mean = Summary.Finite(_mean * ((double)_count / total) + other._mean * ((double)other._count / total));
            _count = total;
        }
    }

    public void Finish(FurtherFigures figures) => figures.StandardDeviation = _count == 0 ? null : Math.Sqrt(_squares / _count);

    public bool IsLike(IEncodedState other) => other is Deviation;

    public void Write(StateWriter to)
    {
        to.Number((ulong)_count);
        to.Double(_mean);
        to.Double(_squares);
    }

    /// <exception cref="FormatException">No samples have this state.</exception>
    public static IStatistic Read(ref VarintReader from)
    {
        var state = new Deviation { _count = from.ReadCount(), _mean = from.ReadFinite(), _squares = from.ReadFinite() };
        return state._squares >= 0 && (state._count > 0 || state is { _mean: 0, _squares: 0 })
            ? state : throw new FormatException("These are no squared deviations.");
    }
}
