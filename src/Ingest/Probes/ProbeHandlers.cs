using System.Collections.Concurrent;

namespace Pipeline.Ingest.Probes;

/// <summary>The handlers that probes send through: a fresh one for one probe, or the kept one of its target.</summary>
public sealed class ProbeHandlers : IDisposable
{
    private const int MaxHeaderKilobytes = 32;

    /// <summary>A kept connection is given up after this, or a changed name would never be noticed.</summary>
    private static readonly TimeSpan KeptLifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _kept = new(StringComparer.Ordinal);

    public HttpMessageInvoker Kept(ProbeTarget target) => _kept.GetOrAdd(target.Name, _ => Fresh(target));

    public void Dispose()
    {
        foreach (var invoker in _kept.Values) invoker.Dispose();
    }

    // Nothing between the probe and the wire: no proxy, cookies, decompression or tracing headers, and no reading on after the end.
    public static HttpMessageInvoker Fresh(ProbeTarget target) => new(new SocketsHttpHandler
    {
        ConnectCallback = ProbeConnection.Open,
        PooledConnectionLifetime = KeptLifetime,
        PooledConnectionIdleTimeout = target.Interval * 2,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
    });
}
