namespace Pipeline.Transport.Embedded;

/// <summary>The journal, the state that it says, and how much of that is safe on the disk. Used in turn only, but for <see cref="Force"/>.</summary>
internal sealed class CommitJournal : IDisposable
{
    private readonly EmbeddedLogOptions _options;
    private readonly Journal _journal;
    private HashSet<string> _dirty = [];
    private Snapshot _synced;
    private long _syncedLength, _generation;

    public CommitJournal(string folder, Snapshot start, EmbeddedLogOptions options)
    {
        _options = options;
        Current = _synced = start;
        _generation = start.Generation;
        _journal = new Journal(folder, start, options.Fsync != FsyncPolicy.Never);
        _syncedLength = _journal.Length;
    }

    public Snapshot Current { get; private set; }
    public long Length => _journal.Length;

    /// <summary>Adds a commit and leaves <see cref="Current"/> as it is until <see cref="Adopt"/>.</summary>
    public void Append(Commit commit) => _journal.Append(commit);

    public void Undo(long length) => _journal.Undo(length);

    public void Adopt(Commit commit, IEnumerable<string> written)
    {
        Current = Current.After(commit);
        if (_options.Fsync == FsyncPolicy.Interval) _dirty.UnionWith(written);
        else if (Length > _options.JournalBytes)
        {
            (_synced, _syncedLength) = (Current, Length);
            TryRoll();
        }
    }

    public void Force() => _journal.Force();

    /// <summary>What has to be forced to the disk so that the current state is safe there.</summary>
    public (Snapshot State, long Length, IReadOnlyCollection<string> Files) BeginSync()
    {
        var files = _dirty;
        _dirty = [];
        return (Current, Length, files);
    }

    /// <summary>Notes that a state is safe on the disk.</summary>
    public void EndSync(Snapshot state, long length)
    {
        (_synced, _syncedLength) = (state, length);
        if (Length > _options.JournalBytes) TryRoll();
        else TryAppend(new Synced(state.Sequence));
    }

    public void Dispose() => _journal.Dispose();

    private void TryRoll()
    {
        try
        {
            _synced = _synced with { Generation = ++_generation };
            _syncedLength = _journal.Roll(_synced, _syncedLength, _options.Fsync != FsyncPolicy.Never);
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            // The journal stays as long as it is until there is room for a new one.
        }
    }

    private void TryAppend(Synced mark)
    {
        var length = Length;
        try
        {
            _journal.Append(mark);
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            _journal.Undo(length); // the next one says it too
        }
    }
}
