using Pipeline.Contracts;

namespace Pipeline.Ingest.Probes;

/// <summary>The metrics of HTTP probes, and what exactly each one measures.</summary>
public static class ProbeMetrics
{
    public static IReadOnlyList<MetricInfo> All { get; } =
    [
        Of("success_ratio", "1", "1 where the probe ended with the outcome success, else 0; its mean is the availability."),
        Of("missed_ratio", "1", "1 where the instant was not probed for lack of room, which says nothing of the target; else 0."),
        Of("lateness_seconds", "s", "From the intended instant to the start of the probe: the prober's own delay."),
        Of("dns_seconds", "s", "Resolving the name, summed over redirects; absent for a numeric address or a kept connection."),
        Of("connect_seconds", "s", "Opening the TCP connection, over all addresses and redirects; absent for a kept connection."),
        Of("tls_seconds", "s", "The TLS handshake, summed over redirects."),
        Of("wait_seconds", "s", "From the connection being ready to the complete header of the response, summed over redirects."),
        Of("ttfb_seconds", "s", "From the intended instant to the complete header of the last response: lateness and all before."),
        Of("transfer_seconds", "s", "From the complete header to the end of the body."),
        Of("duration_seconds", "s", "From the intended instant to the end of the probe, good or bad."),
        Of("body_bytes", "By", "Bytes of the body as they came, as far as it was read."),
        Of("throughput_bytes_per_second", "By/s", "body_bytes by transfer_seconds, for bodies of at least 64 KiB or 50 ms."),
        Of("goodput_bytes_per_second", "By/s", "body_bytes by duration_seconds, of successful probes."),
        Of("http_status_code", "1", "The status code of the last response."),
        Of("redirect_count", "1", "Redirects followed."),
        Of("certificate_expiry_seconds", "s", "Left of the certificate's time at the intended instant; negative once expired."),
    ];

    private static MetricInfo Of(string value, string unit, string description) =>
        new($"{ProbeObservation.Kind}.{value}", unit, description, "target", "vantage");
}
