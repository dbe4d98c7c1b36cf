using System.Globalization;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What results of one metric say together. Those of one series come in the order of time.</summary>
/// <param name="labels">That the results are alike in.</param>
internal sealed class GroupMerge(LabelSet labels)
{
    private readonly SortedDictionary<double, string> _ranks = [];
    private readonly List<(long Start, long End)> _times = [];
    private Summary? _summary;

    /// <summary>A figure whose state one of the parts lacks is not known of all.</summary>
    private Dictionary<string, IStatistic> _states = [];
    private WindowResult? _any;

    /// <returns>False where its sketch or states cannot be read.</returns>
    public bool TryAdd(WindowResult result)
    {
        PartialResult part;
        try
        {
            part = PartialResult.Of(result);
        }
        catch (FormatException)
        {
            return false;
        }
        _any = result;
        _times.Add((result.Start, result.End));
        foreach (var name in result.Quantiles.Keys)
            if (double.TryParse(name, CultureInfo.InvariantCulture, out var rank) && rank is > 0 and < 1) _ranks[rank] = name;
        if (_summary is null) (_summary, _states) = (part.Summary, new(part.States));
        else Merge(_summary, part);
        return true;
    }

    /// <summary>Null where there was nothing to merge.</summary>
    public MergedGroup? Finish()
    {
        if (_summary is null || _any is null) return null;
        var further = new FurtherFigures(Covered());
        foreach (var state in _states.Values) state.Finish(further);
        var figures = new WindowFigures(
            _summary.Count, _summary.Sum, _summary.Min, _summary.Max, _summary.First, _summary.FirstTime, _summary.Last, _summary.LastTime);
        return new MergedGroup(new WindowResult
        {
            Window = _any.Window, Metric = _any.Metric, Labels = labels, Kind = _any.Kind, Start = _times.Min(t => t.Start), End = _times.Max(t => t.End), Revision = 1,
            Count = figures.Count, Sum = figures.Sum, Min = figures.Min, Max = figures.Max, Mean = figures.Mean, First = figures.First,
            FirstTime = figures.FirstTime, Last = figures.Last, LastTime = figures.LastTime, Rate = figures.Rate,
            Quantiles = _ranks.ToDictionary(r => r.Value, r => Math.Clamp(_summary.Sketch.Quantile(r.Key), _summary.Min, _summary.Max)), Sketch = SketchEncoding.Encode(_summary.Sketch),
            StandardDeviation = further.StandardDeviation, Increase = further.Increase, IncreaseRate = further.IncreaseRate, Above = Shares(further),
            Distinct = further.Distinct, Ewma = further.Ewma, States = States(),
        }, _times.Count);
    }

    private void Merge(Summary summary, PartialResult part)
    {
        summary.Merge(part.Summary);
        foreach (var (name, state) in _states)
        {
            if (part.States.TryGetValue(name, out var other) && state.IsLike(other)) state.Merge(other);
            else _states.Remove(name);
        }
    }

    /// <summary>How long the times of the parts are, put together: milliseconds.</summary>
    private long Covered()
    {
        var (sum, until) = (0L, long.MinValue);
        foreach (var (start, end) in _times.Order())
        {
            sum += Math.Max(0, end - Math.Max(start, until));
            until = Math.Max(until, end);
        }
        return sum;
    }

    private Dictionary<string, double>? Shares(FurtherFigures further) => further.Above is { } above && _states[ShareAbove.StateName] is ShareAbove state
        ? state.Thresholds.Zip(above).ToDictionary(s => s.First.ToString("R", CultureInfo.InvariantCulture), s => s.Second)
        : null;

    private Dictionary<string, byte[]>? States()
    {
        var encoder = new StateEncoder();
        return _states.Count == 0 ? null : _states.ToDictionary(s => s.Key, s => encoder.Encode(s.Value));
    }
}
