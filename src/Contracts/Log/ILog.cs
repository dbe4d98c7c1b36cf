namespace Pipeline.Contracts;

/// <summary>Reads one partition.</summary>
public interface ILogReader
{
    /// <summary>
    /// The records from <paramref name="from"/> on (from the first that is still there, if that is later), in their order, and then
    /// whatever comes, until <paramref name="stop"/>: then the sequence ends without an error. Only what is durable and whole is seen.
    /// A slice is valid until the next one is asked for. The caller's pace is the back-pressure.
    /// </summary>
    /// <exception cref="UnknownTopicException">The topic or partition does not exist.</exception>
    IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, CancellationToken stop);
}

/// <summary>Writes atomically.</summary>
public interface ILogWriter
{
    /// <summary>
    /// Returning means that all records of the batch, over all its topics, are in the log and survive a crash of the process; throwing
    /// means that none of them will be seen, unless the exception is <see cref="OutcomeUnknownException"/>. The batch may be reused after.
    /// </summary>
    /// <exception cref="FencedException">A later writer of the same name was opened.</exception>
    /// <exception cref="LogUnavailableException">There is no room, or the log cannot be reached; what was written before stays.</exception>
    ValueTask AppendAsync(RecordBatch batch, CancellationToken abort);
}

/// <summary>Opens writers.</summary>
public interface ILogWriters
{
    /// <summary>Opens the writer of a name and fences every earlier one of that name, wherever it runs.</summary>
    ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort);

    /// <summary>
    /// An offset behind everything that is in the partition when this is asked, which <see cref="ILogCatalog"/> does not promise. A reader comes
    /// to it. The log may write a record to find it, with the key <c>end</c> and without a value: for compacted topics.
    /// </summary>
    /// <exception cref="LogUnavailableException">The log cannot be reached.</exception>
    ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort);
}

/// <summary>Tells which topics there are and how far they reach, now or a moment ago.</summary>
public interface ILogCatalog
{
    ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort);
}

/// <summary>A log to look at.</summary>
public interface ILogView : ILogReader, ILogCatalog;

/// <summary>All ports of one log. Ask for the smallest one that does.</summary>
public interface ILog : ILogView, ILogWriters;
