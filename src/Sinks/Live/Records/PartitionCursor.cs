using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>A place in one partition. Asks the log for a slice only when the one before is used up.</summary>
internal sealed class PartitionCursor : IAsyncDisposable
{
    private readonly IAsyncEnumerator<LogSlice> _slices;
    private readonly CancellationTokenSource _ended;
    private readonly long _end;
    private readonly bool _follow;
    private Task<bool>? _asked;
    private LogSlice? _slice;
    private int _index;
    private long _next;

    /// <param name="range">From where, and where the partition ended when asked: up to there nobody has to wait for records.</param>
    public PartitionCursor(ILogReader log, TopicPartition partition, (long From, long End) range, bool follow, CancellationToken stop)
    {
        (_next, _end, _follow) = (range.From, range.End, follow);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _slices = log.ReadAsync(partition, range.From, _ended.Token).GetAsyncEnumerator(CancellationToken.None);
        Partition = partition.Partition;
    }

    public int Partition { get; }
    public bool HasRecord => _slice is not null && _index < _slice.Count && (_follow || _slice[_index].Offset < _end);
    public LogRecord Record => _slice![_index];

    /// <summary>Nothing will come any more.</summary>
    public bool HasEnded { get; private set; }

    public void Advance() => _index++;

    /// <summary>Comes to the next record that is already there, waiting for it as long as it takes to read it.</summary>
    public async ValueTask SeekAsync()
    {
        while (!HasRecord && !HasEnded)
        {
            if (!_follow && _next >= _end) HasEnded = true;
            else if (_next < _end || Asked().IsCompleted) await TakeAsync();
            else return;
        }
    }

    /// <summary>Ends when there is something new, or nothing will come.</summary>
    public Task<bool> Asked() => _asked ??= _slices.MoveNextAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_asked is not null) await ((Task)_asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _slices.DisposeAsync();
        _ended.Dispose();
    }

    private async ValueTask TakeAsync()
    {
        var any = await Asked();
        _asked = null;
        _index = 0;
        _slice = any ? _slices.Current : null;
        if (any) _next = _slice!.NextOffset;
        else HasEnded = true;
    }
}
