namespace Pipeline.Ingest.Probes;

/// <summary>How a probe ended; on the wire in lower case.</summary>
public enum ProbeOutcome
{
    Success,
    Timeout,
    Dns,
    Connect,
    Tls,

    /// <summary>No HTTP, another status, or too many redirects.</summary>
    Http,

    /// <summary>Another body than expected, or a longer one than allowed.</summary>
    Content,

    /// <summary>Not probed: there was no room until the next instant of the target had come.</summary>
    Skipped,
}
