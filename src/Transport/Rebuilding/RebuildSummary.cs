namespace Pipeline.Transport.Rebuilding;

/// <summary>What a rebuild came to. All numbers are of results: one is of one group and end.</summary>
public sealed record RebuildSummary
{
    /// <summary>The first end that was looked at, Unix milliseconds.</summary>
    public long First { get; init; }

    /// <summary>The log still holds all that there ever was, and all of it was asked for.</summary>
    public bool IsFromTheBeginning { get; init; }

    /// <summary>The last end that was looked at, Unix milliseconds; less than <see cref="First"/> where there was none.</summary>
    public long Last { get; init; }

    public long Computed { get; init; }

    /// <summary>They were missing and have been published.</summary>
    public long Missing { get; init; }

    /// <summary>They differed and have been published with a higher revision.</summary>
    public long Different { get; init; }

    /// <summary>They are no more and have been taken back.</summary>
    public long TakenBack { get; init; }

    /// <summary>They were as they should be, or taken back already.</summary>
    public long LeftAlone { get; init; }

    /// <summary>Published, but asked for earlier than the log is whole.</summary>
    public long NotWhole { get; init; }

    /// <summary>Published, but not final: the stages may still correct them.</summary>
    public long NotFinal { get; init; }

    /// <summary>Records of the results' topic that no result could be read from.</summary>
    public long Unreadable { get; init; }

    /// <summary>Why no end could be looked at; null where some were.</summary>
    public string? Nothing { get; init; }

    internal RebuildSummary Plus(RebuildSummary next) => next with
    {
        First = First, Computed = Computed + next.Computed, Missing = Missing + next.Missing, Different = Different + next.Different,
        TakenBack = TakenBack + next.TakenBack, LeftAlone = LeftAlone + next.LeftAlone,
        NotWhole = NotWhole, NotFinal = NotFinal, Unreadable = Unreadable, // told by the first pass over the topic, which sees them all
    };
}
