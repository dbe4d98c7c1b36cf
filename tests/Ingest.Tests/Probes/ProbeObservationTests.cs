using Pipeline.Contracts;
using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeObservationTests
{
    private static readonly ProbeInstant Instant = new(0, Probe.Target(), new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero), Missed: false, Omitted: 0);

    private static readonly ProbeResult Full = new()
    {
        Outcome = ProbeOutcome.Success,
        Dns = Milliseconds(1),
        Connect = Milliseconds(2),
        Tls = Milliseconds(4),
        Wait = Milliseconds(8),
        FirstByte = Milliseconds(20),
        Transfer = Milliseconds(80),
        Elapsed = Milliseconds(100),
        BodyBytes = 100_000,
        Status = 200,
        Redirects = 1,
        CertificateExpiry = Instant.Intended.AddDays(1),
        RemoteAddress = "127.0.0.1",
        HttpVersion = "1.1",
        TlsVersion = "1.3",
        Sha256 = "00",
    };

    [Fact]
    public void Record_names_the_target_and_the_intended_instant()
    {
        var observation = Of(Full);
        Assert.Equal(
            ("probe", 1_767_225_601_000, "node", "target"),
            (observation.Kind, observation.Time, observation.Source, observation.Key));
        Assert.Equal(LabelSet.Of(("target", "target"), ("vantage", "here")), observation.Labels);
    }

    [Fact]
    public void Values_are_those_that_the_descriptions_define()
    {
        var values = Of(Full).Values.ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal(0.030, values["ttfb_seconds"], 9);
        Assert.Equal(0.110, values["duration_seconds"], 9);
        Assert.Equal(0.010, values["lateness_seconds"], 9);
        Assert.Equal(100_000 / 0.080, values["throughput_bytes_per_second"], 3);
        Assert.Equal(100_000 / 0.110, values["goodput_bytes_per_second"], 3);
        Assert.Equal(86_400, values["certificate_expiry_seconds"]);
    }

    [Fact]
    public void Every_declared_metric_is_produced_and_every_produced_one_declared() =>
        Assert.Equal(ProbeMetrics.All.Select(m => m.Name).Order(), Of(Full).Values.Select(v => $"probe.{v.Name}").Order());

    [Fact]
    public void Metrics_carry_the_labels_and_units_they_declare() => Assert.All(ProbeMetrics.All, metric =>
    {
        Assert.Equal(Of(Full).Labels.Select(l => l.Key), metric.Labels);
        var unit = metric.Name switch
        {
            _ when metric.Name.EndsWith("_bytes_per_second", StringComparison.Ordinal) => "By/s",
            _ when metric.Name.EndsWith("_seconds", StringComparison.Ordinal) => "s",
            _ when metric.Name.EndsWith("_bytes", StringComparison.Ordinal) => "By",
            _ => "1",
        };
        Assert.Equal(unit, metric.Unit);
        Assert.EndsWith(".", metric.Description, StringComparison.Ordinal);
    });

    [Fact]
    public void What_was_not_measured_is_left_out()
    {
        var observation = Of(new() { Outcome = ProbeOutcome.Connect, Error = "no connection", Elapsed = Milliseconds(1) });
        Assert.Equal(["success_ratio", "missed_ratio", "lateness_seconds", "duration_seconds"], observation.Values.Select(v => v.Name));
        Assert.Equal(LabelSet.Of(("outcome", "connect"), ("error", "no connection")), observation.Attributes);
    }

    [Theory]
    [InlineData(65_535, 49, false)]
    [InlineData(65_536, 49, true)]
    [InlineData(10, 50, true)]
    [InlineData(0, 50, false)]
    [InlineData(65_536, 0, false)]
    public void Throughput_is_only_given_where_it_means_something(long bytes, int milliseconds, bool given) =>
        Assert.Equal(given, Of(Full with { BodyBytes = bytes, Transfer = Milliseconds(milliseconds) }).Values.Any(v => v.Name == "throughput_bytes_per_second"));

    [Fact]
    public void Missed_instant_says_nothing_of_the_target()
    {
        var observation = ProbeObservation.OfMissed(Instant, Milliseconds(1000), "node");
        Assert.Equal([new("missed_ratio", 1), new("lateness_seconds", 1)], observation.Values);
        Assert.Equal(LabelSet.Of(("outcome", "skipped")), observation.Attributes);
        Assert.Equal(Of(Full).Labels, observation.Labels);
    }

    private static Observation Of(ProbeResult result) => ProbeObservation.Of(Instant, Milliseconds(10), result, "node");

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
