using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Pipeline.Ingest.Probes;

/// <summary>
/// Opens the connection of a probe in our own hands, because only so are name, connection and TLS three phases with a length each.
/// Addresses are tried one after the other, in the order of the resolver.
/// </summary>
public static class ProbeConnection
{
    /// <summary>To be set as <see cref="SocketsHttpHandler.ConnectCallback"/>; the request carries its <see cref="ProbeState"/>.</summary>
    public static async ValueTask<Stream> Open(SocketsHttpConnectionContext context, CancellationToken abort)
    {
        var probe = ProbeState.Of(context.InitialRequestMessage);
        if (!probe.TryConnect()) throw new HttpIOException(HttpRequestError.ResponseEnded);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(abort, probe.End);
        var addresses = await Resolve(probe, context.DnsEndPoint.Host, end.Token);
        var socket = await Connect(probe, addresses, context.DnsEndPoint.Port, end.Token);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps)
            stream = await Secure(probe, stream, context.DnsEndPoint.Host, end.Token);
        probe.Begin(ProbePhase.Wait);
        return stream;
    }

    private static async Task<IPAddress[]> Resolve(ProbeState probe, string host, CancellationToken end)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        probe.Begin(ProbePhase.Dns);
        var addresses = await Dns.GetHostAddressesAsync(host, end);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.NoData);
        probe.EndPhase();
        return addresses;
    }

    private static async Task<Socket> Connect(ProbeState probe, IPAddress[] addresses, int port, CancellationToken end)
    {
        probe.Begin(ProbePhase.Connect);
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], port, end);
                probe.EndPhase();
                probe.Connected(socket.RemoteEndPoint);
                return socket;
            }
            catch (Exception failure)
            {
                socket.Dispose();
                if (failure is not SocketException || i == addresses.Length - 1) throw;
            }
        }
    }

    private static async Task<Stream> Secure(ProbeState probe, Stream plain, string host, CancellationToken end)
    {
        probe.Begin(ProbePhase.Tls);
        var stream = new SslStream(plain);
        try
        {
            await stream.AuthenticateAsClientAsync(Options(probe, host), end);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
        probe.EndPhase();
        probe.Secured(stream.SslProtocol);
        return stream;
    }

    private static SslClientAuthenticationOptions Options(ProbeState probe, string host) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => probe.Accept(certificate, chain, errors),
        // Fetching certificates or revocation lists would go past the phases and the time limit.
        CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
    };
}
