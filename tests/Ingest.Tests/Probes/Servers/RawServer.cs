using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>A server on a free local port that does to each connection what it was told, and closes it.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<Stream, CancellationToken, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _accepted, _open, _most;

    public RawServer(Func<Stream, CancellationToken, Task> answer, X509Certificate2? certificate = null, IPAddress? address = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start(1000);
        _accepting = Accept();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;
    public string Url => $"{(_certificate is null ? "http" : "https")}://{EndPoint}/";
    public int Accepted => _accepted;
    public int Open => _open;
    public int MostAtOnce => _most;

    /// <summary>How long the server thinks before it takes part in the TLS handshake.</summary>
    public TimeSpan TlsDelay { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task Accept()
    {
        while (!_end.IsCancellationRequested)
        {
            TcpClient client;
            try { client = await _listener.AcceptTcpClientAsync(_end.Token); }
            catch (Exception e) when (e is OperationCanceledException or SocketException) { return; }
            Interlocked.Increment(ref _accepted);
            _connections.Add(Task.Run(() => Serve(client)));
        }
    }

    private async Task Serve(TcpClient client)
    {
        var open = Interlocked.Increment(ref _open);
        for (var most = _most; open > most; most = _most) Interlocked.CompareExchange(ref _most, open, most);
        try
        {
            using (client) await Speak(client);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The prober went away, which is what many of these tests are about.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task Speak(TcpClient client)
    {
        Stream stream = client.GetStream();
        if (_certificate is not null)
        {
            var secure = new SslStream(stream);
            await Task.Delay(TlsDelay, TimeProvider.System, _end.Token);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
            stream = secure;
        }
        await using (stream) await _answer(stream, _end.Token);
    }
}
