using System.Globalization;
using System.Net.Sockets;

namespace Pipeline.Ingest.Probes;

/// <summary>Names what ended a probe, in our words: those of exceptions can hold an address, a header or what a server sent.</summary>
public static class ProbeFailure
{
    /// <summary>Whether this is an answer of the network, and not a bug.</summary>
    public static bool Is(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException;

    public static (ProbeOutcome Outcome, string Error) Of(Exception failure, ProbeState probe, bool timedOut)
    {
        if (timedOut) return (ProbeOutcome.Timeout, TimedOut(probe.Phase, probe.Target.Timeout.TotalSeconds));
        return probe.Phase switch
        {
            ProbePhase.Dns => (ProbeOutcome.Dns, $"the name cannot be resolved{Code(failure)}"),
            ProbePhase.Connect => (ProbeOutcome.Connect, $"no connection{Code(failure)}"),
            ProbePhase.Tls => (ProbeOutcome.Tls, probe.CertificateProblem is { } problem
                ? $"the certificate is not accepted: {problem}"
                : $"the TLS handshake failed{Code(failure)}"),
            _ => (ProbeOutcome.Http, Protocol(failure)),
        };
    }

    private static string TimedOut(ProbePhase phase, double limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Activity(phase)} took longer than the limit of {limit:0.###} s");

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
        var errors = Chain(failure).Select(e => (e as HttpIOException)?.HttpRequestError ?? (e as HttpRequestException)?.HttpRequestError);
        return errors.LastOrDefault(e => e is not (null or HttpRequestError.Unknown)) switch
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
