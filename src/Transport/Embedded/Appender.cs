using System.Diagnostics.CodeAnalysis;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>
/// Lets appends in, one round at a time. Whoever has the turn writes for all who wait (group commit); without contention an append runs
/// to its end on the caller's thread.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "A semaphore whose wait handle nobody asks for holds nothing, and disposed it would hang who waits.")]
internal sealed class Appender(LogState state, CommitRound round)
{
    private const int RoundBytes = 16 * 1024 * 1024;
    private const int BatchBytes = 64 * 1024 * 1024;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly List<PendingAppend> _waiting = [];
    private readonly List<PendingAppend> _taken = [];
    private readonly Dictionary<string, EmbeddedLogWriter> _writers = [];
    private bool _closed;

    public async ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort)
    {
        var writer = new EmbeddedLogWriter(this, name);
        await InTurnAsync(() => _writers[name] = writer, abort); // in turn, so that nothing of an earlier writer lands after this
        return writer;
    }

    public async ValueTask AppendAsync(EmbeddedLogWriter writer, RecordBatch batch, CancellationToken abort)
    {
        abort.ThrowIfCancellationRequested();
        Check(batch);
        var pending = new PendingAppend(writer, batch);
        lock (_lock) _waiting.Add(pending);
        try
        {
            await _turn.WaitAsync(abort);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                if (_waiting.Remove(pending)) throw;
            await _turn.WaitAsync(CancellationToken.None); // somebody is writing it already
        }
        try
        {
            while (!pending.IsDone) Write();
        }
        finally
        {
            _turn.Release();
        }
        pending.ThrowIfFailed();
    }

    /// <summary>Runs what may not overlap an append.</summary>
    public async ValueTask InTurnAsync(Action action, CancellationToken abort)
    {
        await _turn.WaitAsync(abort);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedLog));
            action();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Appends for the log itself, by who has the turn.</summary>
    public void AppendInTurn(RecordBatch batch)
    {
        var pending = new PendingAppend(null, batch);
        round.Run([pending]);
        pending.ThrowIfFailed();
    }

    /// <summary>Refuses all appends from now on.</summary>
    public ValueTask CloseAsync() => InTurnAsync(() => _closed = true, CancellationToken.None);

    private void Check(RecordBatch batch)
    {
        if (batch.Bytes > BatchBytes)
            throw new ArgumentException($"A batch of {batch.Bytes} bytes; at most {BatchBytes} are appended at once.", nameof(batch));
        TopicPartition? last = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var to = batch[i].To;
            if (to == last) continue;
            if (state.Find(to) is null) throw new UnknownTopicException(to);
            last = to;
        }
    }

    private void Write()
    {
        _taken.Clear();
        lock (_lock)
        {
            var bytes = 0;
            while (_taken.Count < _waiting.Count && bytes < RoundBytes) bytes += Take(_waiting[_taken.Count]);
            _waiting.RemoveRange(0, _taken.Count);
        }
        foreach (var pending in _taken)
        {
            if (_closed) pending.Done(new ObjectDisposedException(nameof(EmbeddedLog)));
            else if (_writers[pending.Writer!.Name] != pending.Writer) pending.Done(new FencedException(pending.Writer.Name));
            else if (pending.Batch.Count == 0) pending.Done();
        }
        _taken.RemoveAll(p => p.IsDone);
        if (_taken.Count > 0) round.Run(_taken);
    }

    private int Take(PendingAppend pending)
    {
        _taken.Add(pending);
        return pending.Batch.Bytes;
    }
}
