using Pipeline.Contracts;

namespace Pipeline.Transport.Rebuilding;

/// <summary>
/// Reads the partitions of a topic in turns, so that none runs far ahead: always the slice that the log took first. Ends where the topic ended
/// when it was described.
/// </summary>
internal sealed class LogTurns : IAsyncDisposable
{
    /// <summary>Logs with transactions leave as many offsets out at their ends.</summary>
    private const int OrdinaryGap = 2;

    private readonly ILogView _log;
    private readonly List<Part> _parts = [];
    private Part? _taken;

    /// <param name="from">By partition, the first offset.</param>
    public LogTurns(ILogView log, TopicState topic, IReadOnlyList<long> from, CancellationToken abort)
    {
        _log = log;
        for (var p = 0; p < from.Count; p++)
            if (from[p] < topic.Partitions[p].End) _parts.Add(new Part(log, new TopicPartition(topic.Name, p), (from[p], topic.Partitions[p].End), abort));
    }

    /// <summary>The next slice, which is valid until the next call; null at the end.</summary>
    /// <exception cref="LogUnavailableException">Retention deleted records before they were read.</exception>
    public async ValueTask<LogSlice?> NextAsync(CancellationToken abort)
    {
        if (_taken is not null && !_taken.Advance()) await EndAsync(_taken);
        foreach (var part in _parts) await part.Feed.Next;
        abort.ThrowIfCancellationRequested(); // a reader that is stopped ends without an error
        _taken = _parts.MinBy(p => p.Time);
        if (_taken?.Gap > OrdinaryGap) await CheckAsync(_taken, abort);
        return _taken?.Feed.Current;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts) await part.Feed.DisposeAsync();
    }

    private async Task EndAsync(Part part)
    {
        _parts.Remove(part);
        await part.Feed.DisposeAsync();
    }

    private async Task CheckAsync(Part part, CancellationToken abort)
    {
        var first = (await _log.StateAsync(part.Place, abort)).First;
        if (first > part.Next) throw new LogUnavailableException($"Retention has deleted records of {part.Place} that were still to be read. Run it again; it then begins later.");
    }

    private sealed class Part(ILogReader log, TopicPartition place, (long From, long End) range, CancellationToken abort)
    {
        public SliceFeed Feed { get; } = new(log, place, range.From, abort);
        public TopicPartition Place => place;

        /// <summary>The offset that the slice should begin with.</summary>
        public long Next { get; private set; } = range.From;

        public long Time => Feed.Current.Count > 0 ? Feed.Current[0].Time : long.MinValue;
        public long Gap => Feed.Current.Count > 0 ? Feed.Current[0].Offset - Next : 0;

        /// <summary>False where that was its last slice.</summary>
        public bool Advance()
        {
            Next = Feed.Current.NextOffset;
            if (Next >= range.End) return false;
            Feed.Advance();
            return true;
        }
    }
}
