namespace Pipeline.Transport.Embedded;

/// <summary>When data is forced to the disk.</summary>
public enum FsyncPolicy
{
    /// <summary>When the operating system sees fit.</summary>
    Never,

    /// <summary>Regularly; after a power failure the log goes back to a whole commit of at most one interval ago.</summary>
    Interval,

    /// <summary>Before an append returns.</summary>
    Commit,
}
