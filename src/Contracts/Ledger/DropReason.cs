namespace Pipeline.Contracts;

/// <summary>Why a value was given up.</summary>
public enum DropReason
{
    /// <summary>It came after its windows were final.</summary>
    Late,

    /// <summary>It was seen before.</summary>
    Duplicate,

    /// <summary>It could not be read.</summary>
    Malformed,

    /// <summary>The configuration leaves it out.</summary>
    Filtered,

    /// <summary>It was read and not believed (from the future), or the receiver refused it.</summary>
    Rejected,

    /// <summary>A bound was reached.</summary>
    Overflow,
}
