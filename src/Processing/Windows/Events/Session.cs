namespace Pipeline.Processing;

/// <summary>Samples of one group without a silence between them, that can still change.</summary>
/// <param name="states">Null where no further statistics are asked for.</param>
internal sealed class Session(int group, Summary summary, SessionStates? states)
{
    public int Group { get; } = group;
    public Summary Summary { get; private set; } = summary;
    public SessionStates? States { get; private set; } = states;
    public long Start => Summary.FirstTime;

    /// <summary>When it is over, unless further samples come: Unix milliseconds, exclusive.</summary>
    public long End { get; set; }

    /// <summary>The revision that its result is at, under the end that it has now; 0 where there is none.</summary>
    public int Revision { get; set; }

    /// <summary>Where the published result begins and ends.</summary>
    public (long Start, long End) Published { get; set; }

    /// <summary>Whether samples have come since the result was published.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The watermark at which there is something to be done with it.</summary>
    public long NextLook { get; set; }

    /// <summary>A later session has taken it in, or nothing can change it any more.</summary>
    public bool IsGone { get; set; }

    /// <param name="final">No sample will come that is earlier than this.</param>
    public void Add(in StatisticSample sample, long final)
    {
        Summary.Add(sample.Time, sample.Value);
        States?.Add(sample, final);
    }

    /// <summary>Takes in the samples of an earlier one, which is then of no use any more.</summary>
    public void TakeIn(Session earlier)
    {
        earlier.Summary.Merge(Summary);
        earlier.States?.Append(States!);
        (Summary, States, earlier.IsGone) = (earlier.Summary, earlier.States, true);
    }
}
