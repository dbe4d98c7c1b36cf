using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>Writes batches and one commit for all of them: the frames of every partition first, then the journal entry that makes them count.</summary>
internal sealed class CommitRound : IDisposable
{
    private readonly LogState _state;
    private readonly CommitJournal _journal;
    private readonly TimeProvider _time;
    private readonly bool _force;
    private readonly Dictionary<TopicPartition, PartitionWriter> _writers = [];
    private readonly List<PartitionWriter> _touched = [];
    private Exception? _broken;

    public CommitRound(LogState state, CommitJournal journal, EmbeddedLogOptions options, TimeProvider time)
    {
        (_state, _journal, _time) = (state, journal, time);
        _force = options.Fsync == FsyncPolicy.Commit;
        foreach (var (partition, mark) in state.Partitions.Zip(journal.Current.Marks))
            _writers.Add(partition.Name, new PartitionWriter(partition, mark, options.SegmentBytes));
    }

    /// <summary>The next append to a partition begins a new segment.</summary>
    public void RollNext(TopicPartition partition) => _writers[partition].RollNext = true;

    /// <summary>Ends every append, well or with its failure.</summary>
    public void Run(List<PendingAppend> appends)
    {
        Exception? failure = null;
        try
        {
            failure = _broken is null ? Commit(appends) : Broken();
        }
        catch (Exception bug)
        {
            failure = Break(bug);
            throw;
        }
        finally
        {
            foreach (var append in appends) append.Done(failure);
        }
    }

    /// <summary>Refuses all appends from now on: what is on the disk can no longer be vouched for.</summary>
    public OutcomeUnknownException Break(Exception cause)
    {
        _broken ??= cause;
        return Broken();
    }

    public void Dispose()
    {
        foreach (var writer in _writers.Values) writer.Dispose();
    }

    private Exception? Commit(List<PendingAppend> appends)
    {
        var length = _journal.Length;
        Commit commit;
        try
        {
            commit = Write(appends);
            if (_force) _touched.ForEach(w => w.Force());
            _journal.Append(commit);
        }
        catch (IOException e)
        {
            return Undo(length, e);
        }
        try
        {
            if (_force) _journal.Force();
        }
        catch (IOException e)
        {
            return Break(e);
        }
        _touched.ForEach(w => w.Adopt());
        _journal.Adopt(commit, _touched.Select(w => w.Path));
        _state.Apply(commit.Marks);
        return null;
    }

    private Commit Write(List<PendingAppend> appends)
    {
        _touched.Clear();
        var time = Math.Max(_journal.Current.Time, _time.UnixMilliseconds());
        foreach (var append in appends) Add(append.Batch, time);
        return new Commit(_journal.Current.Sequence + 1, time, _touched.ConvertAll(w => w.Write()));
    }

    private void Add(RecordBatch batch, long time)
    {
        var last = default(TopicPartition);
        PartitionWriter? writer = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            if (writer is null || record.To != last)
            {
                (last, writer) = (record.To, _writers[record.To]);
                if (!_touched.Contains(writer))
                {
                    _touched.Add(writer);
                    writer.Begin(time);
                }
            }
            writer.Add(record.Key, record.Value);
        }
    }

    private Exception Undo(long length, IOException cause)
    {
        try
        {
            _touched.ForEach(w => w.Undo());
            _journal.Undo(length);
            return DiskFull.Is(cause) ? new LogFullException(_state.Folder, cause) : cause;
        }
        catch (IOException e)
        {
            return Break(e);
        }
    }

    private OutcomeUnknownException Broken() =>
        new($"The log in {_state.Folder} could not be written and takes no more appends. Restart the program; it will find the last whole one.", _broken);
}
