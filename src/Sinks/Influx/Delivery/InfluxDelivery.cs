namespace Pipeline.Sinks.Influx;

/// <summary>
/// Sends a batch until every line of it is stored or known to be refused. A server that refuses says which lines only sometimes and how
/// many not reliably, so parts of the batch are sent again until the bad ones stand alone; the same point overwrites itself.
/// </summary>
/// <param name="slots">Requests in flight, over all partitions.</param>
internal sealed class InfluxDelivery(IInfluxWriter writer, SemaphoreSlim slots, InfluxBackoff backoff, InfluxNews news, TimeProvider time)
{
    /// <returns>The refused lines with the server's words; null where <paramref name="stop"/> came before InfluxDB took the batch.</returns>
    public async Task<IReadOnlyList<(int Line, string Words)>?> SendAsync(InfluxBatch batch, CancellationToken stop, CancellationToken abort)
    {
        var refused = new List<(int, string)>();
        var parts = new Stack<int[]>();
        if (batch.Count > 0) parts.Push([.. Enumerable.Range(0, batch.Count)]);
        while (parts.TryPop(out var part))
        {
            if (await SendAsync(batch.Only(part), stop, abort) is not { } answer) return null;
            if (answer.Outcome == InfluxOutcome.Stored) continue;
            news.Refused(answer.Words);
            if (part.Length == 1 || answer.Dropped == part.Length)
            {
                refused.AddRange(part.Select(line => (line, answer.Words)));
                continue;
            }
            var (first, second) = batch.Split(part, answer.Words);
            parts.Push(second);
            parts.Push(first); // in order, so that the last revision of a point is written last
        }
        return refused;
    }

    /// <returns>An answer about the lines, or null.</returns>
    private async Task<InfluxAnswer?> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken stop, CancellationToken abort)
    {
        while (true)
        {
            var answer = await WriteAsync(lines, abort);
            if (answer.Outcome != InfluxOutcome.Unavailable)
            {
                backoff.Succeeded();
                news.Back();
                return answer;
            }
            news.Away(answer.Words);
            if (!stop.IsCancellationRequested)
                await Task.Delay(backoff.Failed(answer.RetryAfter), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (stop.IsCancellationRequested) return null;
        }
    }

    private async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort)
    {
        await slots.WaitAsync(abort);
        try
        {
            return await writer.WriteAsync(lines, abort);
        }
        finally
        {
            slots.Release();
        }
    }
}
