using Pipeline.Contracts;

namespace Pipeline.Ingest.Self;

/// <summary>
/// Writes what a process without sources knows of itself into the log. It promises nothing, as pushes do not, so that no window ever waits
/// for it.
/// </summary>
public sealed class SelfReporter(IngestTarget target, SelfOptions options, TimeProvider time, Func<SelfReading> read)
{
    /// <exception cref="LogUnavailableException">The log took nothing; running again goes on with the next look.</exception>
    public async Task RunAsync(ILogWriter writer, CancellationToken stop, CancellationToken abort)
    {
        using var observations = new ObservationWriter();
        using var ticker = new Ticker(options.Interval, time);
        var batch = new RecordBatch();
        while (true)
        {
            await ticker.NextAsync().WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
            ticker.TakeDue();
            batch.Clear();
            foreach (var observation in SelfObservations.Of(read(), target.Node, time.UnixMilliseconds()))
                observations.Append(batch, target.Topic, target.Partitions, observation);
            try
            {
                await writer.AppendAsync(batch, abort);
            }
            catch (OutcomeUnknownException)
            {
                // Written or not: it is never written again, and the next look says as much.
            }
        }
    }
}
