namespace Pipeline.Processing;

/// <summary>
/// The further statistics of a session. Samples are added in the order of event time, whatever order they come in: those before which none can
/// come any more are put into the states and let go.
/// </summary>
internal sealed class SessionStates(StatisticSet statistics)
{
    private const int Fewest = 64;

    private readonly StatisticStates _settled = statistics.Empty();
    private readonly EventSamples _recent = new(statistics.NeedsTags);
    private int _lookAt = Fewest;

    /// <param name="final">No sample will come that is earlier than this.</param>
    public void Add(in StatisticSample sample, long final)
    {
        _recent.Add(sample);
        if (_recent.Count < _lookAt) return;
        var settled = _recent.FirstFrom(final);
        AddTo(_settled, settled);
        _recent.RemoveFirst(settled);
        _lookAt = Math.Max(Fewest, 2 * _recent.Count);
    }

    /// <summary>Takes in what comes after all it has; nothing of that is final yet.</summary>
    public void Append(SessionStates later)
    {
        for (var i = 0; i < later._recent.Count; i++) _recent.Add(later._recent.Tagged(i));
    }

    /// <summary>As the session stands.</summary>
    public StatisticStates Now()
    {
        var states = statistics.Empty();
        states.Merge(_settled);
        AddTo(states, _recent.Count);
        return states;
    }

    private void AddTo(StatisticStates states, int count)
    {
        for (var i = 0; i < count; i++) states.Add(_recent.Tagged(i));
    }
}
