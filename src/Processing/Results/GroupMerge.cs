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
        further.States = States();
        var figures = _summary.Figures;
        var result = new WindowResult
        {
            Window = _any.Window, Metric = _any.Metric, Labels = labels, Kind = _any.Kind, Start = _times.Min(t => t.Start), End = _times.Max(t => t.End), Revision = 1,
            Count = figures.Count, Sum = figures.Sum, Min = figures.Min, Max = figures.Max, Mean = figures.Mean, First = figures.First,
            FirstTime = figures.FirstTime, Last = figures.Last, LastTime = figures.LastTime, Rate = figures.Rate,
            Quantiles = _ranks.ToDictionary(r => r.Value, r => _summary.Quantile(r.Key)), Sketch = SketchEncoding.Encode(_summary.Sketch),
        };
        return new MergedGroup(further.Of(result, _states.GetValueOrDefault(ShareAbove.StateName) is ShareAbove shares ? shares.Names : []), _times.Count);
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

    private (string, byte[])[] States()
    {
        var encoder = new StateEncoder();
        return [.. _states.Select(s => (s.Key, encoder.Encode(s.Value)))];
    }
}
