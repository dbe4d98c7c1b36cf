using Pipeline.Contracts;

namespace Pipeline.Host.Run;

/// <summary>
/// The writer of this node's observations, opened at its first append and again after it was fenced: another process with the name of this
/// node may have gone again, or the log was away for so long that it gave the writer up.
/// </summary>
internal sealed class NodeWriter(ILogWriters log, string node) : ILogWriter
{
    private readonly Lock _lock = new();
    private Task<ILogWriter>? _writer;

    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        var opened = Opened();
        try
        {
            await (await opened.WaitAsync(abort)).AppendAsync(batch, abort);
        }
        catch (FencedException e)
        {
            Forget(opened);
            throw new LogUnavailableException($"Another process writes as node '{node}', or the log gave this one up. Give each process a name of its own ('node' in the configuration).", e);
        }
        catch (LogUnavailableException) when (opened.IsFaulted)
        {
            Forget(opened);
            throw;
        }
    }

    private Task<ILogWriter> Opened()
    {
        lock (_lock) return _writer ??= Task.Run(() => log.OpenAsync($"ingest-{node}", CancellationToken.None).AsTask());
    }

    private void Forget(Task<ILogWriter> opened)
    {
        lock (_lock)
            if (_writer == opened) _writer = null;
    }
}
