namespace Pipeline.Processing;

/// <summary>
/// What is kept of samples for one figure, or some that belong together: a monoid of <see cref="Empty"/> and <see cref="Merge"/>, in which
/// adding a sample is merging the state of that sample alone. Changes in place, and shares nothing with what it was merged from. Not for
/// two threads at once.
/// </summary>
internal interface IStatistic : IEncodedState
{
    /// <summary>The state of no samples, of the same figure.</summary>
    IStatistic Empty();

    void Add(in StatisticSample sample);

    /// <param name="later">Of the same figure; where the order of samples means something, its samples came later.</param>
    void Merge(IStatistic later);

    /// <summary>States the figure, in finite numbers; or nothing where the samples have none.</summary>
    void Finish(FurtherFigures figures);
}

/// <summary>A state as results carry it (docs/statistics.md): its bytes say all that is needed to merge it with another.</summary>
internal interface IEncodedState
{
    /// <summary>What results call it.</summary>
    string Name { get; }

    /// <summary>How many samples it speaks of, where it counts them.</summary>
    long? Count => null;

    /// <summary>Writes what follows the version.</summary>
    void Write(StateWriter to);

    /// <summary>Whether the other is of the same figure, so that the two can be merged.</summary>
    bool IsLike(IEncodedState other);
}
