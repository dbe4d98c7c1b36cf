using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Pipeline.Ingest.Probes;

/// <summary>A probe under way: where it is, what it has measured. It travels with its requests, so that the connection finds it.</summary>
public sealed class ProbeState(ProbeTarget target, TimeProvider time, CancellationToken end)
{
    private static readonly HttpRequestOptionsKey<ProbeState> Key = new("probe");

    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan?[] _phases = new TimeSpan?[Enum.GetValues<ProbePhase>().Length];
    private long _mark;
    private bool _connected;
    private (ProbeOutcome Outcome, string Error)? _failure;
    private TimeSpan? _firstByte;
    private HttpResponseMessage? _response;
    private long? _bodyBytes;
    private string? _remoteAddress, _tlsVersion, _sha256;
    private DateTimeOffset? _certificateExpiry;

    public ProbeTarget Target => target;

    /// <summary>Cancelled by the time limit of the probe and by the end of the source.</summary>
    public CancellationToken End => end;

    public ProbePhase Phase { get; private set; }
    public int Redirects { get; set; }

    /// <summary>What the last certificate was refused for.</summary>
    public string? CertificateProblem { get; private set; }

    public static ProbeState Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var state) ? state : throw new InvalidOperationException("The request is not one of a probe.");

    public void Begin(ProbePhase phase) => (Phase, _mark) = (phase, time.GetTimestamp());

    /// <summary>Ends the phase that was begun last and adds its length to those of earlier hops.</summary>
    public void EndPhase() => _phases[(int)Phase] = (_phases[(int)Phase] ?? TimeSpan.Zero) + time.GetElapsedTime(_mark);

    public void Send(HttpRequestMessage request)
    {
        request.Options.Set(Key, this);
        _connected = false;
        Begin(ProbePhase.Wait);
    }

    /// <summary>False where this request has opened a connection before: the handler would silently try again what failed.</summary>
    public bool TryConnect() => !_connected && (_connected = true);

    public void Connected(EndPoint? remote) => _remoteAddress = (remote as IPEndPoint)?.Address.ToString();

    public void Secured(SslProtocols protocol) =>
        _tlsVersion = protocol switch { SslProtocols.Tls13 => "1.3", SslProtocols.Tls12 => "1.2", _ => protocol.ToString() };

    /// <summary>Decides on a certificate, in the middle of the TLS phase.</summary>
    public bool Accept(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is X509Certificate2 { NotAfter: var expiry } && !(expiry >= _certificateExpiry)) _certificateExpiry = expiry;
        if (errors == SslPolicyErrors.None || target.AllowInvalidCertificate) return true;
        var problems = (chain?.ChainStatus ?? []).Select(s => s.Status.ToString()).Distinct();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) problems = problems.Append("NameMismatch");
        CertificateProblem = string.Join(", ", problems);
        return false;
    }

    public void Answered(HttpResponseMessage response)
    {
        EndPhase();
        _response = response;
        _firstByte = time.GetElapsedTime(_start);
    }

    public void Read(BodyCheck body) => (_bodyBytes, _sha256) = (body.Length, body.Sha256);

    public void Fail(ProbeOutcome outcome, string error) => _failure = (outcome, error);

    public ProbeResult Finish() => new()
    {
        Outcome = _failure?.Outcome ?? ProbeOutcome.Success,
        Error = _failure?.Error,
        Dns = _phases[(int)ProbePhase.Dns],
        Connect = _phases[(int)ProbePhase.Connect],
        Tls = _phases[(int)ProbePhase.Tls],
        Wait = _phases[(int)ProbePhase.Wait],
        Transfer = _phases[(int)ProbePhase.Transfer],
        FirstByte = _firstByte,
        Elapsed = time.GetElapsedTime(_start),
        BodyBytes = _bodyBytes,
        Status = (int?)_response?.StatusCode,
        HttpVersion = _response?.Version.ToString(),
        Redirects = Redirects,
        RemoteAddress = _remoteAddress,
        TlsVersion = _tlsVersion,
        CertificateExpiry = _certificateExpiry,
        Sha256 = _sha256,
    };
}
