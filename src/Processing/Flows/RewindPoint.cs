using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>What a stage must remember to come back to the state it is in.</summary>
/// <param name="Offset">The earliest input that an open window still needs.</param>
/// <param name="Watermark">The watermark as it stood before that input.</param>
/// <param name="MaxTime">The latest event time accepted so far, Unix milliseconds.</param>
/// <param name="Since">By window definition, the event time from which its windows are whole.</param>
/// <param name="Sequences">What had been seen before that input of the sources that number their observations; null where there are none.</param>
public sealed record RewindPoint(
    long Offset, WatermarkRecord Watermark, long MaxTime, IReadOnlyDictionary<string, long> Since, IReadOnlyList<SeenSequences>? Sequences = null)
{
    /// <inheritdoc cref="Progress.Reached"/>
    public long? Reached { get; init; }

    /// <inheritdoc cref="Progress.Rules"/>
    public IReadOnlyList<InputRules>? Rules { get; init; }

    /// <inheritdoc cref="Progress.ChangedAfter"/>
    public long? ChangedAfter { get; init; }

    /// <inheritdoc cref="Progress.Rebuilds"/>
    public IReadOnlyDictionary<string, Rebuild>? Rebuilds { get; init; }

    /// <inheritdoc cref="Progress.Named"/>
    public IReadOnlyDictionary<string, NamedWindow>? Named { get; init; }

    /// <summary>Where a progress says to begin.</summary>
    public static RewindPoint Of(Progress progress) => new(progress.RewindTo, progress.AtRewind, progress.MaxTime, progress.Since, progress.Sequences)
    {
        Reached = progress.Reached, Rules = progress.Rules, ChangedAfter = progress.ChangedAfter, Rebuilds = progress.Rebuilds, Named = progress.Named,
    };

    /// <summary>The progress of a stage that would begin here.</summary>
    public Progress Progress(string stage, int partition, long publishedThrough, int outputs) =>
        new(stage, partition, Offset, Watermark, publishedThrough, outputs, MaxTime, Since, Sequences)
        {
            Reached = Reached, Rules = Rules, ChangedAfter = ChangedAfter, Rebuilds = Rebuilds, Named = Named,
        };
}
