using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Pipeline.Contracts;

namespace Pipeline.Ingest;

/// <summary>
/// One source's way into the node's queue: subscribes, subscribes again after a failure, and applies the source's overflow policy.
/// </summary>
internal sealed class SourceFeed : IObserver<Emission>, IDisposable
{
    private readonly Source _source;
    private readonly ChannelWriter<(SourceFeed, Emission)> _queue;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private IDisposable? _subscription;
    private ITimer? _restart;
    private bool _isDisposed;
    private long _overflowed;

    public SourceFeed(Source source, ChannelWriter<(SourceFeed, Emission)> queue, IngestOptions options, TimeProvider time, ILogger log)
    {
        (_source, _queue, _options, _time, _log) = (source, queue, options, time, log);
        Promise = time.UnixMilliseconds();
    }

    public string Name => _source.Name;

    /// <summary>What the source promised with the last emission that left the queue, Unix milliseconds. The node's loop keeps it.</summary>
    public long Promise { get; set; }

    /// <summary>How many observations were dropped since the last call.</summary>
    public long TakeOverflowed() => Interlocked.Exchange(ref _overflowed, 0);

    public void Start()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _subscription?.Dispose();
            _subscription = _source.Emissions.Subscribe(this);
        }
    }

    public void OnNext(Emission value)
    {
        if (_queue.TryWrite((this, value))) return;
        if (_source.Overflow == OverflowPolicy.Wait)
        {
            // The source's own thread waits: that is its policy. The loop that empties the queue never runs on it.
            while (_queue.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
                if (_queue.TryWrite((this, value))) return;
        }
        Interlocked.Add(ref _overflowed, value.Observations.Count);
    }

    public void OnError(Exception error)
    {
        _log.SourceFailed(Name, _options.RestartAfter, error);
        lock (_lock)
        {
            if (_isDisposed) return;
            _restart?.Dispose();
            _restart = _time.CreateTimer(_ => Start(), null, _options.RestartAfter, Timeout.InfiniteTimeSpan);
        }
    }

    public void OnCompleted() => _queue.TryWrite((this, new Emission([], long.MaxValue)));

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _restart?.Dispose();
            _subscription?.Dispose();
        }
    }
}
