namespace Pipeline.Ingest.Probes;

/// <summary>What a probe is busy with, in the order in which one follows the other.</summary>
public enum ProbePhase
{
    Dns,
    Connect,
    Tls,

    /// <summary>From the connection being ready until the header of the response is complete.</summary>
    Wait,

    /// <summary>From the header to the end of the body.</summary>
    Transfer,
}
