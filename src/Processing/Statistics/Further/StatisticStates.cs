namespace Pipeline.Processing;

/// <summary>The states of all further statistics of a window over some samples, each null where it is not known.</summary>
internal sealed class StatisticStates(IStatistic?[] states)
{
    private readonly IStatistic?[] _states = states;

    public void Add(in StatisticSample sample)
    {
        foreach (var state in _states) state!.Add(sample);
    }

    /// <summary>What is not known of one part is not known of both.</summary>
    public void Merge(StatisticStates later)
    {
        for (var i = 0; i < _states.Length; i++)
        {
            if (_states[i] is not { } state) continue;
            if (later._states[i] is { } other) state.Merge(other);
            else _states[i] = null;
        }
    }

    public FurtherFigures Finish(long size, StateEncoder? encoder)
    {
        var figures = new FurtherFigures(size);
        foreach (var state in _states) state?.Finish(figures);
        if (encoder is not null) figures.States = [.. _states.OfType<IStatistic>().Select(s => (s.Name, encoder.Encode(s)))];
        return figures;
    }
}
