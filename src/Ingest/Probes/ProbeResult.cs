namespace Pipeline.Ingest.Probes;

/// <summary>What one probe found. What it did not come to measure is null.</summary>
public sealed record ProbeResult
{
    public required ProbeOutcome Outcome { get; init; }

    /// <summary>Why it did not succeed; in our own words, so that nothing secret and nothing endless is in it.</summary>
    public string? Error { get; init; }

    /// <summary>Each summed over all redirects, completed phases only.</summary>
    public TimeSpan? Dns { get; init; }
    public TimeSpan? Connect { get; init; }
    public TimeSpan? Tls { get; init; }
    public TimeSpan? Wait { get; init; }
    public TimeSpan? Transfer { get; init; }

    /// <summary>From the start of the probe until the header of the last response was complete.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>From the start of the probe to its end, good or bad.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>As far as the body was read, as it came over the wire (nothing is decompressed).</summary>
    public long? BodyBytes { get; init; }

    /// <summary>Of the last response.</summary>
    public int? Status { get; init; }
    public string? HttpVersion { get; init; }
    public int Redirects { get; init; }

    /// <summary>Of the last connection that was opened.</summary>
    public string? RemoteAddress { get; init; }
    public string? TlsVersion { get; init; }

    /// <summary>The earliest of all certificates that were shown.</summary>
    public DateTimeOffset? CertificateExpiry { get; init; }

    /// <summary>Of the body, where one was expected.</summary>
    public string? Sha256 { get; init; }
}
