namespace Pipeline.Host.Run;

/// <summary>What a process does. On the embedded log one process does all of it.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Takes observations in: sources and pushes.</summary>
    Ingest = 1,

    /// <summary>Computes windows, sharing the partitions with all others of this role.</summary>
    Process = 2,

    /// <summary>Takes results to where people keep them, sharing the partitions too.</summary>
    Sink = 4,

    /// <summary>Serves the page and the interface.</summary>
    Page = 8,

    All = Ingest | Process | Sink | Page,
}
