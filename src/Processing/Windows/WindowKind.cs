namespace Pipeline.Processing;

/// <summary>What makes a window begin and end.</summary>
public enum WindowKind
{
    /// <summary>The clock: one window begins where the last one ends.</summary>
    Tumbling,

    /// <summary>The clock: a window begins with every slide, so that they overlap.</summary>
    Hopping,

    /// <summary>Every event ends a window of its own.</summary>
    Sliding,

    /// <summary>A silence.</summary>
    Session,
}
