using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Pipeline.Contracts;

namespace Pipeline.Ingest;

/// <summary>
/// Writes what the sources of one process see into the log, and once a second a tick to every partition. The tick's promise is the least of
/// the sources' own and of <c>now - lateness</c>, and is made of emissions that are already in the log.
/// </summary>
/// <param name="lateness">How old a sample that reaches the log on another way (a push) may be.</param>
public sealed class IngestNode(IngestTarget target, IngestOptions options, TimeSpan lateness, TimeProvider time, ILogger<IngestNode> log)
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs until <paramref name="stop"/>; then what waits in the queue is written, with a last tick.</summary>
    public async Task RunAsync(IReadOnlyList<Source> sources, ILogWriter writer, Ledger ledger, CancellationToken stop, CancellationToken abort)
    {
        var queue = Channel.CreateBounded<(SourceFeed Feed, Emission Emission)>(new BoundedChannelOptions(options.Queue) { SingleReader = true });
        var feeds = sources.Select(s => new SourceFeed(s, queue.Writer, options, time, log)).ToList();
        using var batch = new IngestBatch(target, feeds.ToDictionary(f => f, f => ledger.Open("source " + f.Name)));
        using var ticker = new Ticker(TickInterval, time);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.UnsafeRegister(_ => stopped.TrySetResult(), null);
        var (readable, due, ended) = (Task.CompletedTask, Task.CompletedTask, Here(stopped.Task));
        try
        {
            foreach (var feed in feeds) feed.Start();
            while (!stop.IsCancellationRequested)
            {
                if (readable.IsCompleted) readable = Here(queue.Reader.WaitToReadAsync(abort));
                if (due.IsCompleted) due = Here(ticker.NextAsync());
                await Task.WhenAny(readable, due, ended);
                await DrainAsync(queue.Reader, batch, writer, abort);
                if (ticker.TakeDue()) await TickAsync(feeds, batch, writer, abort);
            }
        }
        finally
        {
            foreach (var feed in feeds) feed.Dispose();
            queue.Writer.Complete();
        }
        await DrainAsync(queue.Reader, batch, writer, abort);
        await TickAsync(feeds, batch, writer, abort);
    }

    /// <summary>Ends where the caller runs and not on whatever thread ended the task, so that a simulation can order it.</summary>
    private static async Task Here(Task task) => await task;

    private static async Task Here(ValueTask<bool> task) => await task;

    private async Task DrainAsync(ChannelReader<(SourceFeed Feed, Emission Emission)> queue, IngestBatch batch, ILogWriter writer, CancellationToken abort)
    {
        abort.ThrowIfCancellationRequested();
        while (queue.TryRead(out var item))
        {
            batch.Add(item.Feed, item.Emission);
            if (batch.IsFull) await AppendAsync(batch, writer, abort);
        }
        await AppendAsync(batch, writer, abort);
    }

    private Task TickAsync(List<SourceFeed> feeds, IngestBatch batch, ILogWriter writer, CancellationToken abort)
    {
        var now = time.UnixMilliseconds();
        var least = feeds.Select(f => f.Promise).Append(now - (long)lateness.TotalMilliseconds).Min();
        batch.AddTick(Math.Max(least, now - (long)options.MaxHold.TotalMilliseconds));
        return AppendAsync(batch, writer, abort);
    }

    /// <summary>Tries until the log takes it; the queue fills meanwhile, and the sources' overflow policies hold.</summary>
    private async Task AppendAsync(IngestBatch batch, ILogWriter writer, CancellationToken abort)
    {
        for (var refused = false; batch.Count > 0;)
        {
            try
            {
                await batch.AppendAsync(writer, abort);
                if (refused) log.LogAccepts();
            }
            catch (LogUnavailableException e)
            {
                if (!refused) log.LogRefuses(e.Message);
                refused = true;
                await Task.Delay(TickInterval, time, abort);
            }
            catch (OutcomeUnknownException e)
            {
                log.OutcomeUnknown(batch.Count, e.Message);
                batch.Settle(); // once or not at all: sending them again could count them twice
            }
        }
    }
}
