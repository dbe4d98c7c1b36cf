using System.Net;
using System.Net.Sockets;

namespace Pipeline.Testing;

/// <summary>Ports of 127.0.0.1 for programs that must be told one.</summary>
public static class Ports
{
    /// <summary>
    /// Below those that the system gives to outgoing connections, one of which may otherwise take the port before the
    /// program listens, or between its end and its next start.
    /// </summary>
    private const int First = 10_000, Past = 32_768;

    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Past);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
