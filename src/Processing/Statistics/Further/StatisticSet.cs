using System.Text;

namespace Pipeline.Processing;

/// <summary>The further statistics of a window, built from what the operator wrote.</summary>
public sealed class StatisticSet
{
    private readonly IStatistic[] _empty;

    private StatisticSet(StatisticsOptions options)
    {
        double[] thresholds = [.. options.Above.Select(t => t + 0.0).Order()];
        Thresholds = [.. ShareAbove.NamesOf(thresholds)];
        ThresholdFields = [.. Thresholds.Select((t, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}\"{t}\":"))];
        (NeedsSamples, NeedsTags, CountedLabel) = (options.Increase, options.Increase || options.Distinct is not null, options.Distinct);
        None = new FurtherFigures(1)
        {
            StandardDeviation = options.StandardDeviation ? 0 : null, Increase = options.Increase ? 0 : null, Ewma = options.Ewma is null ? null : 0,
            Above = thresholds.Length > 0 ? new double[thresholds.Length] : null, Distinct = options.Distinct is null ? null : 0,
        };
        var asked = new List<IStatistic>();
        if (options.StandardDeviation) asked.Add(new Deviation());
        if (options.Increase) asked.Add(new CounterIncrease());
        if (thresholds.Length > 0) asked.Add(new ShareAbove(thresholds));
        if (options.Distinct is { } label) asked.Add(new DistinctCount(label));
        if (options.Ewma is { } halfLife) asked.Add(new DecayingMean((long)halfLife.TotalMilliseconds));
        _empty = [.. asked];
        Baseline = Baseline.Of(options);
    }

    /// <summary>The thresholds by their names on the wire, ascending.</summary>
    public IReadOnlyList<string> Thresholds { get; }

    /// <summary>The beginnings of the fields that carry their shares on the wire.</summary>
    internal IReadOnlyList<byte[]> ThresholdFields { get; }

    /// <summary>A statistic depends on the order of the samples of a series, so they are kept until no sample can come between them.</summary>
    internal bool NeedsSamples { get; }

    /// <summary>Samples are to come with <see cref="SampleTag"/>s.</summary>
    internal bool NeedsTags { get; }

    /// <summary>The label whose texts are counted.</summary>
    internal string? CountedLabel { get; }

    /// <summary>What windows are compared with; it has no state of its own.</summary>
    internal Baseline? Baseline { get; }

    /// <summary>Null where nothing is asked for.</summary>
    public static StatisticSet? Of(StatisticsOptions options) =>
        new StatisticSet(options) is var set && (set._empty.Length > 0 || set.Baseline is not null) ? set : null;

    /// <summary>What is said of a result that is taken back: all that was asked for, and 0.</summary>
    internal FurtherFigures None { get; }

    internal StatisticStates Empty() => new(Array.ConvertAll(_empty, s => s.Empty()));

    /// <summary>Those of decoded states that are of this window's figures, each null where it is missing or of another.</summary>
    internal StatisticStates Pick(IReadOnlyDictionary<string, IStatistic> decoded) =>
        new(Array.ConvertAll(_empty, s => decoded.TryGetValue(s.Name, out var state) && s.IsLike(state) ? state : null));
}
