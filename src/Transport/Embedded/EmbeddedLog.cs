using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>The log in a folder of this machine, for one process at a time. An append that returned survives a kill of the process.</summary>
public sealed class EmbeddedLog : ILog, IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly IReadOnlyList<TopicSpec> _topics;
    private readonly LogState _state;
    private readonly CommitJournal _journal;
    private readonly CommitRound _round;
    private readonly Appender _appender;
    private readonly Retention _retention;
    private readonly Syncer _syncer;
    private readonly FsyncPolicy _fsync;
    private readonly CancellationTokenSource _stop = new();
    private Task _syncing = Task.CompletedTask;
    private int _disposed;

    private EmbeddedLog(FolderLock held, string folder, IReadOnlyList<TopicSpec> topics, EmbeddedLogOptions options, TimeProvider time)
    {
        (_lock, _topics, _fsync) = (held, topics, options.Fsync);
        var recovery = new Recovery(folder);
        var found = recovery.Run();
        var notes = recovery.Notes.ToList();
        var start = TopicFolders.Prepare(folder, found, topics, notes);
        if (_fsync != FsyncPolicy.Never)
            foreach (var path in recovery.Unforced) Syncer.Force(path);
        // A follower tells journals apart by their generation, also where the old one could not be read.
        _journal = new CommitJournal(folder, start with { Generation = Math.Max(start.Generation + 1, time.UnixMilliseconds()) }, options);
        _state = new LogState(folder);
        _state.Load(start);
        _round = new CommitRound(_state, _journal, options, time);
        foreach (var damaged in recovery.Damaged) _round.RollNext(damaged);
        _appender = new Appender(_state, _round);
        _retention = new Retention(_state, _appender, _round, time);
        _syncer = new Syncer(_appender, _journal, _round);
        Recovery = notes;
    }

    /// <summary>What was found on opening; empty after a clean end.</summary>
    public IReadOnlyList<RecoveryNote> Recovery { get; }

    /// <summary>Opens the log, making the topics that are not there yet.</summary>
    /// <exception cref="LogInUseException">Another process has it open.</exception>
    /// <exception cref="LogFullException">There is not even room for a new journal.</exception>
    /// <exception cref="IOException">The folder cannot be made, read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static EmbeddedLog Open(string folder, IReadOnlyList<TopicSpec> topics, EmbeddedLogOptions options, TimeProvider time)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var held = FolderLock.Take(folder);
        try
        {
            var log = new EmbeddedLog(held, folder, topics, options, time);
            if (options.Fsync == FsyncPolicy.Interval) log._syncing = log._syncer.RunAsync(options.FsyncInterval, time, log._stop.Token);
            return log;
        }
        catch (Exception e)
        {
            held.Dispose();
            if (e is IOException full && DiskFull.Is(full)) throw new LogFullException(folder, e);
            throw;
        }
    }

    /// <summary>Reads a log from outside, whether a program has it open or not. What is appended shows after a tenth of a second.</summary>
    /// <exception cref="FileNotFoundException">There is no log.</exception>
    public static EmbeddedLogView OpenReadOnly(string folder, TimeProvider time) => new(Path.GetFullPath(folder), time);

    public IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, CancellationToken stop) =>
        _state.ReadAsync(partition, from, stop);

    public ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort) => _appender.OpenAsync(name, abort);

    public async ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort) => (await this.StateAsync(partition, abort)).End;

    public ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort) => new(_state.Describe());

    /// <summary>
    /// Deletes what is older than a topic keeps, in whole segments: age and size may be exceeded by up to one. Call it regularly.
    /// </summary>
    /// <exception cref="LogFullException">No room to carry on the last records of a compacted topic; nothing of it was deleted.</exception>
    public ValueTask RetainAsync(CancellationToken abort) => _appender.InTurnAsync(() => _retention.Run(_topics), abort);

    /// <summary>Lets the appends that run end, forces everything to the disk unless the options say never, and gives the folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _stop.CancelAsync();
        await _syncing;
        if (_fsync == FsyncPolicy.Interval) await _syncer.SyncAsync();
        await _appender.CloseAsync();
        _round.Dispose();
        _journal.Dispose();
        _stop.Dispose();
        _lock.Dispose();
    }
}
