using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeTlsTests
{
    [Fact]
    public async Task Self_signed_certificate_is_not_accepted()
    {
        using var certificate = Certificates.SelfSigned(Now.AddDays(30));
        await using var server = new RawServer(Answers.Ok("hello"), certificate);
        var result = await Probe.Once(server.Url);
        Assert.Equal((ProbeOutcome.Tls, "the certificate is not accepted: UntrustedRoot"), (result.Outcome, result.Error));
        Assert.Null(result.Tls);
        Assert.Equal(certificate.NotAfter, result.CertificateExpiry);
    }

    [Fact]
    public async Task Expired_certificate_is_not_accepted_and_its_expiry_is_measured()
    {
        using var certificate = Certificates.SelfSigned(Now.AddDays(-1));
        await using var server = new RawServer(Answers.Ok("hello"), certificate);
        var result = await Probe.Once(server.Url);
        Assert.Equal(ProbeOutcome.Tls, result.Outcome);
        Assert.Contains("NotTimeValid", result.Error, StringComparison.Ordinal);
        Assert.True(result.CertificateExpiry < Now);
    }

    [Fact]
    public async Task Certificate_of_another_name_is_not_accepted()
    {
        using var certificate = Certificates.SelfSigned(Now.AddDays(30));
        await using var server = new RawServer(Answers.Ok("hello"), certificate);
        var result = await Probe.Once($"https://localhost:{server.EndPoint.Port}/");
        Assert.Contains("NameMismatch", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_certificate_may_be_allowed()
    {
        using var certificate = Certificates.SelfSigned(Now.AddDays(30));
        await using var server = new RawServer(Answers.Ok("hello"), certificate) { TlsDelay = Answers.Pause };
        var result = await Probe.Once(Probe.Options(server.Url) with { AllowInvalidCertificate = true });
        Assert.Equal((ProbeOutcome.Success, "1.3", "1.1"), (result.Outcome, result.TlsVersion, result.HttpVersion));
        Assert.True(result.Tls >= Answers.Pause / 2);
        Assert.Equal(certificate.NotAfter, result.CertificateExpiry);
    }

    [Fact]
    public async Task Server_without_TLS_fails_the_handshake()
    {
        await using var server = new RawServer((stream, end) => stream.WriteAsync("220 mail.example.org ESMTP\r\n"u8.ToArray(), end).AsTask());
        var result = await Probe.Once($"https://{server.EndPoint}/");
        Assert.Equal(ProbeOutcome.Tls, result.Outcome);
        Assert.StartsWith("the TLS handshake failed", result.Error, StringComparison.Ordinal);
        Assert.NotNull(result.Connect);
    }

    [Fact]
    public async Task Stalled_handshake_times_out()
    {
        using var certificate = Certificates.SelfSigned(Now.AddDays(30));
        await using var server = new RawServer(Answers.Ok("hello"), certificate) { TlsDelay = TimeSpan.FromMinutes(1) };
        var result = await Probe.Briefly(server.Url);
        Assert.Equal((ProbeOutcome.Timeout, "the TLS handshake took longer than the limit of 0.3 s"), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Server_that_speaks_HTTP_2_is_probed_with_it()
    {
        using var certificate = Certificates.SelfSigned(Now.AddDays(30));
        await using var server = await Http2Server.Start(certificate);
        var result = await Probe.Once(Probe.Options(server.Url) with { AllowInvalidCertificate = true, Expect = new() { Text = "two" } });
        Assert.Equal((ProbeOutcome.Success, "2.0"), (result.Outcome, result.HttpVersion));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
