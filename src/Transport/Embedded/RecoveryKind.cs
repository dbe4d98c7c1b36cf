namespace Pipeline.Transport.Embedded;

/// <summary>How bad a finding is.</summary>
public enum RecoveryKind
{
    /// <summary>The end of an append that was never acknowledged; it was cut off. To be expected after a kill.</summary>
    Cut,

    /// <summary>A configured topic differs from the one on disk, or is not configured any more.</summary>
    TopicDiffers,

    /// <summary>Acknowledged appends of the last moments before a power failure are gone; what is there ends with a whole append.</summary>
    RolledBack,

    /// <summary>Bytes that were once safe on the disk are not what was written.</summary>
    Damaged,
}
