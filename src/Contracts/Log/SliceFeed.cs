namespace Pipeline.Contracts;

/// <summary>Reads a partition for somebody who has other things to do while no slice comes.</summary>
public sealed class SliceFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly IAsyncEnumerator<LogSlice> _slices;

    /// <summary>Begins to read at once.</summary>
    public SliceFeed(ILogReader log, TopicPartition from, long offset, CancellationToken stop)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _slices = log.ReadAsync(from, offset, _ended.Token).GetAsyncEnumerator(CancellationToken.None);
        Next = Task.FromResult(true);
        Advance();
    }

    /// <summary>Ends when the next slice is there; with false where there is none, since it was stopped.</summary>
    public Task<bool> Next { get; private set; }

    /// <summary>The slice, once <see cref="Next"/> has ended with true.</summary>
    public LogSlice Current => _slices.Current;

    /// <summary>Lets go of the slice and asks for another.</summary>
    public void Advance() => Next = _slices.MoveNextAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _ended.Cancel(); // not CancelAsync, which calls the reader on another thread
        // It may not be disposed of while it moves.
        await ((Task)Next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _slices.DisposeAsync();
        _ended.Dispose();
    }
}
