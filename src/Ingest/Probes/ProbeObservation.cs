using Pipeline.Contracts;

namespace Pipeline.Ingest.Probes;

/// <summary>Turns what a probe found into the record of it, under the names of <see cref="ProbeMetrics"/>.</summary>
public static class ProbeObservation
{
    public const string Kind = "probe";

    /// <summary>A body has to be this long, or to take this long, for its bytes per second to mean something.</summary>
    private const long MeaningfulBytes = 64 * 1024;
    private static readonly TimeSpan MeaningfulTransfer = TimeSpan.FromMilliseconds(50);

    /// <param name="lateness">From the intended instant to the start of the probe.</param>
    public static Observation Of(ProbeInstant instant, TimeSpan lateness, ProbeResult result, string node) =>
        Record(instant, node, Values(instant.Intended, lateness, result), LabelSet.Of(Attributes(result)));

    /// <summary>The record of an instant that was not probed; it says nothing of the target.</summary>
    public static Observation OfMissed(ProbeInstant instant, TimeSpan lateness, string node) =>
        Record(
            instant, node, [new("missed_ratio", 1), new("lateness_seconds", lateness.TotalSeconds)],
            LabelSet.Of(("outcome", Word(ProbeOutcome.Skipped))));

    private static Observation Record(ProbeInstant instant, string node, IReadOnlyList<Measurement> values, LabelSet attributes) => new()
    {
        Kind = Kind,
        Time = instant.Intended.ToUnixTimeMilliseconds(),
        Source = node,
        Key = instant.Target.Name,
        Labels = instant.Target.Labels,
        Values = values,
        Attributes = attributes,
    };

    private static List<Measurement> Values(DateTimeOffset intended, TimeSpan lateness, ProbeResult result)
    {
        var values = new List<Measurement>();
        var duration = lateness + result.Elapsed;
        var success = result.Outcome == ProbeOutcome.Success;
        Add("success_ratio", success ? 1 : 0);
        Add("missed_ratio", 0);
        Add("lateness_seconds", lateness.TotalSeconds);
        Add("dns_seconds", result.Dns?.TotalSeconds);
        Add("connect_seconds", result.Connect?.TotalSeconds);
        Add("tls_seconds", result.Tls?.TotalSeconds);
        Add("wait_seconds", result.Wait?.TotalSeconds);
        Add("ttfb_seconds", (lateness + result.FirstByte)?.TotalSeconds);
        Add("transfer_seconds", result.Transfer?.TotalSeconds);
        Add("duration_seconds", duration.TotalSeconds);
        Add("body_bytes", result.BodyBytes);
        if (HasThroughput(result)) Add("throughput_bytes_per_second", result.BodyBytes / result.Transfer!.Value.TotalSeconds);
        if (success && duration > TimeSpan.Zero) Add("goodput_bytes_per_second", result.BodyBytes / duration.TotalSeconds);
        Add("http_status_code", result.Status);
        Add("redirect_count", result.Status is null ? null : result.Redirects);
        Add("certificate_expiry_seconds", (result.CertificateExpiry - intended)?.TotalSeconds);
        return values;

        void Add(string name, double? value)
        {
            if (value is { } number) values.Add(new Measurement(name, number));
        }
    }

    private static bool HasThroughput(ProbeResult result) =>
        result.BodyBytes > 0 && result.Transfer > TimeSpan.Zero
        && (result.BodyBytes >= MeaningfulBytes || result.Transfer >= MeaningfulTransfer);

    private static IEnumerable<KeyValuePair<string, string>> Attributes(ProbeResult result)
    {
        (string Name, string? Text)[] all =
        [
            ("outcome", Word(result.Outcome)), ("error", result.Error), ("remote_address", result.RemoteAddress),
            ("http_version", result.HttpVersion), ("tls_version", result.TlsVersion), ("sha256", result.Sha256),
        ];
        return all.Where(a => a.Text is not null).Select(a => KeyValuePair.Create(a.Name, a.Text!));
    }

    private static string Word(ProbeOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
