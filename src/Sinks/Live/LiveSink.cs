using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>Keeps the read model up to date from the topic of results, beginning with what the log took within the model's time.</summary>
public sealed class LiveSink(ILog log, string topic, ReadModel model, Ledger ledger, TimeProvider time)
{
    private const string Account = "sink live";

    private int _behind = -1;

    /// <summary>Whether everything that was in the topic at the start is in the model.</summary>
    public bool IsCaughtUp => Volatile.Read(ref _behind) == 0;

    /// <summary>Runs until <paramref name="stop"/>. Running again changes nothing that is known.</summary>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var state = await log.TopicAsync(topic, abort);
        Volatile.Write(ref _behind, state.Partitions.Count);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // On the pool: a log that answers at once would read one whole partition before the next, on the caller's thread.
        await Task.WhenAll(state.Partitions.Select((partition, number) => Task.Run(async () =>
        {
            try
            {
                await FollowAsync(new TopicPartition(topic, number), partition, ended.Token, abort);
            }
            catch
            {
                await ended.CancelAsync(); // one partition alone would show half of the truth
                throw;
            }
        }, CancellationToken.None)));
    }

    private async Task FollowAsync(TopicPartition partition, PartitionState state, CancellationToken stop, CancellationToken abort)
    {
        var account = ledger.Open(Account);
        var since = time.UnixMilliseconds() - (long)model.Options.Keep.TotalMilliseconds;
        var from = await log.OffsetAtAsync(partition, state, since, abort);
        var caughtUp = false;
        if (from >= state.End) CatchUp();
        await foreach (var slice in log.ReadAsync(partition, from, stop))
        {
            Apply(slice, account);
            if (!caughtUp && slice.NextOffset >= state.End) CatchUp();
        }

        void CatchUp()
        {
            caughtUp = true;
            Interlocked.Decrement(ref _behind);
        }
    }

    private void Apply(LogSlice slice, LedgerAccount account)
    {
        account.In(slice.Count);
        for (var i = 0; i < slice.Count; i++)
        {
            if (Apply(slice[i]) is { } reason) account.OnDropped(reason, 1);
            else account.Out(1);
        }
        account.Settle();
    }

    private DropReason? Apply(in LogRecord record)
    {
        if (WindowRecord.Read(record.Value) is not { } result) return DropReason.Malformed;
        // The newest end decides what is too old, so one result from far ahead would empty the model.
        if (result.End - record.Time > model.Options.Keep.TotalMilliseconds) return DropReason.Rejected;
        return model.Apply(result);
    }
}
