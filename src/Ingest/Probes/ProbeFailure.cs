using System.Globalization;
using System.Net.Sockets;

namespace Pipeline.Ingest.Probes;

/// <summary>Names what ended a probe. The texts are ours: those of exceptions can hold an address, a header or what a server sent.</summary>
public static class ProbeFailure
{
    /// <summary>Whether this is an answer of the network, and not a bug.</summary>
    public static bool Is(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException;

    public static (ProbeOutcome Outcome, string Error) Of(Exception failure, ProbeState probe, bool timedOut)
    {
        if (timedOut)
            return (ProbeOutcome.Timeout, string.Create(CultureInfo.InvariantCulture, $"{Activity(probe.Phase)} took longer than the limit of {probe.Target.Timeout.TotalSeconds:0.###} s"));
        return probe.Phase switch
        {
            ProbePhase.Dns => (ProbeOutcome.Dns, $"the name cannot be resolved{Code(failure)}"),
            ProbePhase.Connect => (ProbeOutcome.Connect, $"no connection{Code(failure)}"),
            ProbePhase.Tls when probe.CertificateProblem is { } problem => (ProbeOutcome.Tls, $"the certificate is not accepted: {problem}"),
            ProbePhase.Tls => (ProbeOutcome.Tls, $"the TLS handshake failed{Code(failure)}"),
            _ => (ProbeOutcome.Http, Protocol(failure)),
        };
    }

    private static string Activity(ProbePhase phase) => phase switch
    {
        ProbePhase.Dns => "resolving the name",
        ProbePhase.Connect => "connecting",
        ProbePhase.Tls => "the TLS handshake",
        ProbePhase.Wait => "waiting for the response",
        _ => "reading the body",
    };

    private static string Protocol(Exception failure)
    {
        var errors = Chain(failure).Select(e => e switch { HttpRequestException r => r.HttpRequestError, HttpIOException i => i.HttpRequestError, _ => HttpRequestError.Unknown });
        return errors.LastOrDefault(e => e != HttpRequestError.Unknown) switch
        {
            HttpRequestError.ResponseEnded => "the connection was closed before the response was complete",
            HttpRequestError.InvalidResponse => "the response is not valid HTTP",
            HttpRequestError.ConfigurationLimitExceeded => "the header of the response is too long",
            HttpRequestError.HttpProtocolError => "the HTTP/2 protocol was violated",
            _ => $"the connection broke{Code(failure)}",
        };
    }

    private static string Code(Exception failure) =>
        Chain(failure).OfType<SocketException>().FirstOrDefault() is { } socket ? $": {socket.SocketErrorCode}" : "";

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException) yield return e;
    }
}
