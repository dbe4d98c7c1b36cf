using System.Globalization;

namespace Pipeline.Processing;

/// <summary>The share of the samples above each of some thresholds, counted and not estimated. Commutative.</summary>
/// <param name="thresholds">Finite, ascending, at most <see cref="StatisticsOptions.MaxThresholds"/>.</param>
internal sealed class ShareAbove(double[] thresholds) : IStatistic
{
    public const string StateName = "above";
    private readonly long[] _above = new long[thresholds.Length];
    private long _count;

    public string Name => StateName;
    private double[] Thresholds => thresholds;

    /// <summary>As results name them.</summary>
    public IEnumerable<string> Names => NamesOf(thresholds);

    public static IEnumerable<string> NamesOf(IEnumerable<double> thresholds) => thresholds.Select(t => t.ToString(CultureInfo.InvariantCulture));

    long? IEncodedState.Count => _count;

    public IStatistic Empty() => new ShareAbove(thresholds);

    public void Add(in StatisticSample sample)
    {
        _count++;
        for (var i = 0; i < thresholds.Length && sample.Value > thresholds[i]; i++) _above[i]++;
    }

    public void Merge(IStatistic later)
    {
        var other = (ShareAbove)later;
        _count += other._count;
        for (var i = 0; i < _above.Length; i++) _above[i] += other._above[i];
    }

    public void Finish(FurtherFigures figures) => figures.Above = _count == 0 ? null : Array.ConvertAll(_above, a => (double)a / _count);

    public bool IsLike(IEncodedState other) => other is ShareAbove above && above.Thresholds.AsSpan().SequenceEqual(thresholds);

    public void Write(StateWriter to)
    {
        to.Number((ulong)_count);
        to.Number((ulong)thresholds.Length);
        for (var i = 0; i < thresholds.Length; i++)
        {
            to.Double(thresholds[i]);
            to.Number((ulong)_above[i]);
        }
    }

    /// <exception cref="FormatException">No samples have this state.</exception>
    public static IStatistic Read(ref VarintReader from)
    {
        var (count, length) = (from.ReadCount(), from.Read());
        if (length is 0 or > StatisticsOptions.MaxThresholds)
            throw new FormatException($"There are 1 to {StatisticsOptions.MaxThresholds} thresholds, not {length}.");
        var state = new ShareAbove(new double[length]) { _count = count };
        for (var i = 0; i < state._above.Length; i++)
        {
            (state.Thresholds[i], state._above[i]) = (from.ReadFinite(), from.ReadCount());
            if (i > 0 && state.Thresholds[i] <= state.Thresholds[i - 1]) throw new FormatException("Thresholds ascend.");
            if (state._above[i] > (i == 0 ? count : state._above[i - 1])) throw new FormatException("More samples are above a threshold than above the one before.");
        }
        return state;
    }
}
