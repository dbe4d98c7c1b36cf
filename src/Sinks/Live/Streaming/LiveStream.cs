namespace Pipeline.Sinks;

/// <summary>
/// Once a second, sends every client what has changed since it connected: who connects first and then asks for the windows misses none. Each
/// event is made once, however many clients there are; a client that does not keep up is closed, so that it connects and asks again.
/// </summary>
public sealed class LiveStream(ReadModel model, LiveVerdict verdict, PipelineReport pipeline, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<LiveClient> _clients = [];
    private ReadOnlyMemory<byte> _status;
    private bool _running;
    private long _dropped;

    /// <summary>How many clients were closed because they were too slow.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public int Clients
    {
        get { lock (_lock) return _clients.Count; }
    }

    /// <summary>Runs until <paramref name="stop"/>, and then ends all clients.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        lock (_lock) _running = true;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do Send();
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // asked to
        }
        finally
        {
            End();
        }
    }

    /// <summary>A client that already has the status, or null where there are too many or the stream does not run.</summary>
    internal LiveClient? Connect()
    {
        lock (_lock)
        {
            if (!_running || _clients.Count >= model.Options.MaxClients) return null;
            var client = new LiveClient(model.Options.MaxClientQueue);
            client.Offer(_status);
            _clients.Add(client);
            return client;
        }
    }

    internal void Leave(LiveClient client)
    {
        lock (_lock) _clients.Remove(client);
        client.Dispose();
    }

    private void Send()
    {
        var isHeard = Clients > 0;
        var changes = model.Changes.Take();
        var status = new EventFrame()
            .Add("verdict", json => json.WriteRawValue(verdict.ReadJson().Span))
            .Add("pipeline", pipeline.Write)
            .Bytes;
        var frame = isHeard && changes is { Count: > 0 } ? new EventFrame().AddWindows(changes).Add(status).Bytes : status;
        lock (_lock)
        {
            _status = status;
            for (var i = _clients.Count - 1; i >= 0; i--)
                if (changes is null || !_clients[i].Offer(frame)) Drop(i);
        }
    }

    private void Drop(int index)
    {
        var client = _clients[index];
        _clients.RemoveAt(index); // first: dropping may make the client leave on this very thread
        client.Drop();
        _dropped++;
    }

    private void End()
    {
        lock (_lock)
        {
            _running = false;
            foreach (var client in _clients) client.End();
        }
    }
}
