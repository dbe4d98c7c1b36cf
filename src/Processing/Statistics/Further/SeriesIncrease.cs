namespace Pipeline.Processing;

/// <summary>How much one counter rose from its first sample to its last.</summary>
/// <param name="Series">The hash of its labels.</param>
internal record struct SeriesIncrease(ulong Series, long FirstTime, double First, long LastTime, double Last, double Increase)
{
    public static SeriesIncrease Of(in StatisticSample sample) => new(sample.Tag.Series, sample.Time, sample.Value, sample.Time, sample.Value, 0);

    /// <summary>Takes what comes later: no earlier than this, or it would have been needed before.</summary>
    public SeriesIncrease Then(in SeriesIncrease later) => later.FirstTime < FirstTime ? later.Then(this) : this with
    {
        LastTime = later.LastTime, Last = later.Last, Increase = Summary.Finite(Increase + Between(Last, later.First) + later.Increase),
    };

    /// <summary>A counter that is lower than before was reset, and has counted from 0 since.</summary>
    private static double Between(double before, double after) => Summary.Finite(after < before ? after : after - before);
}
