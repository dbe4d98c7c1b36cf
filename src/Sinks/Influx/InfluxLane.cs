using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>
/// Takes one partition of the results to InfluxDB. One request at a time, so that a correction is never overtaken by what it corrects.
/// </summary>
internal sealed class InfluxLane(LaneEnds ends, InfluxOptions options, SinkProgress progress, LedgerAccount account, TimeProvider time)
{
    private const int MaxBytes = 4 << 20;

    private readonly InfluxBatch _batch = new();
    private readonly List<SetAside> _aside = [];
    private long _next = progress.Next;
    private long _since;

    /// <summary>The first record that it has not taken in. For any thread.</summary>
    public long Next => Volatile.Read(ref _next);

    private int Held => _batch.Count + _aside.Count;
    private TimeSpan Age => time.GetElapsedTime(_since);
    private bool IsDue => Held >= options.MaxPoints || _batch.Lines.Length >= MaxBytes || (Held > 0 && Age >= options.MaxAge);

    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        await using var feed = new SliceFeed(ends.Log, ends.From, _next, stop);
        try
        {
            while (await WaitAsync(feed.Next, stop, abort) && await feed.Next && await TakeAsync(feed.Current, stop, abort)) feed.Advance();
            if (await DeliverAsync(stop, abort) && progress.IsBehind) await progress.SaveAsync(abort);
        }
        finally
        {
            account.GiveBack();
        }
    }

    /// <summary>Waits for the next slice, and meanwhile sends and saves what becomes due.</summary>
    /// <returns>False where nothing more can be done.</returns>
    private async Task<bool> WaitAsync(Task next, CancellationToken stop, CancellationToken abort)
    {
        while (!next.IsCompleted && (Held > 0 || progress.IsBehind))
        {
            var wait = Held > 0 ? options.MaxAge - Age : progress.Due;
            if (wait > TimeSpan.Zero) await next.WaitAsync(wait, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (next.IsCompleted) return true;
            if (Held > 0 && !await DeliverAsync(stop, abort)) return false;
            if (progress.IsBehind && progress.Due <= TimeSpan.Zero) await progress.SaveAsync(abort);
        }
        return true;
    }

    private async Task<bool> TakeAsync(LogSlice slice, CancellationToken stop, CancellationToken abort)
    {
        if (slice.Count > 0 && slice[0].Offset > _next) await CountLostAsync(slice[0].Offset, abort);
        for (var i = 0; i < slice.Count; i++)
        {
            Take(slice[i]);
            if (IsDue && !await DeliverAsync(stop, abort)) return false;
        }
        _next = slice.NextOffset;
        if (Held == 0) progress.Advance(_next);
        Settle();
        return true;
    }

    private void Take(in LogRecord record)
    {
        if (Held == 0) _since = time.GetTimestamp();
        account.In(1);
        if (WindowRecord.Read(record.Value) is { } result) _batch.Add(record.Offset, result);
        else _aside.Add(new SetAside(record.Offset, DropReason.Malformed, "no result of a window"));
        _next = record.Offset + 1;
    }

    /// <summary>Sends what is held, sets aside what is refused, and moves the progress on.</summary>
    /// <returns>False where it could not be sent before <paramref name="stop"/>.</returns>
    private async Task<bool> DeliverAsync(CancellationToken stop, CancellationToken abort)
    {
        if (Held == 0) return true;
        Settle();
        if (await ends.Delivery.SendAsync(_batch, stop, abort) is not { } refused) return false;
        SetAside[] aside = [.. _aside.Concat(refused.Select(r => new SetAside(_batch.OffsetOf(r.Line), DropReason.Rejected, r.Words))).OrderBy(a => a.Offset)];
        await ends.Letters.WriteAsync(aside, abort);
        account.Out(_batch.Count - refused.Count);
        foreach (var one in aside) account.OnDropped(one.Reason, 1);
        _aside.Clear();
        _batch.Clear();
        Settle();
        progress.Advance(_next);
        if (progress.Due <= TimeSpan.Zero) await progress.SaveAsync(abort);
        return true;
    }

    private void Settle()
    {
        account.Held(Held);
        account.Settle();
    }

    /// <summary>Offsets have gaps; only what lies before the first record still there is lost.</summary>
    private async ValueTask CountLostAsync(long found, CancellationToken abort)
    {
        var first = (await ends.Log.StateAsync(ends.From, abort)).First;
        var lost = Math.Min(first, found) - _next;
        if (lost <= 0 || _next == 0) return; // at the very beginning there is nothing that it should have sent
        account.In(lost);
        account.OnDropped(DropReason.Overflow, lost);
    }
}

/// <summary>What a lane joins.</summary>
internal sealed record LaneEnds(ILog Log, TopicPartition From, InfluxDelivery Delivery, DeadLetters Letters);
