using Pipeline.Contracts;

namespace Pipeline.Host.Run;

/// <summary>
/// The writer of this node's observations, opened at its first append and again after it has ended: with an append before that failed, by the
/// log, which was away for so long that it gave the writer up, or by another process with the name of this node.
/// </summary>
internal sealed class NodeWriter(ILogWriters log, string node) : ILogWriter
{
    private readonly Lock _lock = new();
    private Task<ILogWriter>? _writer;

    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        if (!await TryAppendAsync(batch, isAgain: false, abort)) await TryAppendAsync(batch, isAgain: true, abort);
    }

    /// <returns>False where the writer had ended before, so that nothing of the batch was kept and another may take it.</returns>
    private async Task<bool> TryAppendAsync(RecordBatch batch, bool isAgain, CancellationToken abort)
    {
        var opened = Opened();
        try
        {
            await (await opened.WaitAsync(abort)).AppendAsync(batch, abort);
            return true;
        }
        catch (FencedException e)
        {
            Forget(opened);
            if (!isAgain && e.InnerException is LogUnavailableException or OutcomeUnknownException) return false;
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
