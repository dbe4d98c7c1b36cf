using Pipeline.Contracts;
using Pipeline.Host.Retune;
using Pipeline.Sinks.Influx;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>Everything that runs beside the web server: sources, stages, sinks and the log's housekeeping.</summary>
internal sealed class PipelineWork(PipelineParts parts, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetrySharedAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopSources = new();
    private readonly CancellationTokenSource _stopStages = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _running = [];
    private Task _sources = Task.CompletedTask;

    /// <summary>Ends, with the reason, when a part fails in a way that running it again would not mend.</summary>
    public Task<Exception> Failed => _failed.Task;

    public void Start()
    {
        var stop = _stopStages.Token;
        foreach (var flow in parts.Flows)
        {
            var stage = new LiveStage(flow, f => new Stage(f, parts.Log.Log, new StageTools(parts.Topics, parts.Positions, TimeProvider.System), parts.Log.Limits));
            parts.FlowChanged += changed => { if (changed.Name == flow.Name) stage.Change(changed); };
            Share(flow.Name, stage.RunAsync);
        }
        if (parts.Live is { } live) _running.Add(Keep("live", () => live.RunAsync(stop, _abort.Token), stop));
        if (parts.Influx is { } influx) Share(InfluxSink.Name, influx.RunAsync);
        _running.Add(Keep("stream", () => parts.Stream.RunAsync(stop), stop));
        _running.Add(Keep("log", () => parts.Log.KeepAsync(stop, _abort.Token), stop));
        if (parts.Retuning is { } retuning) _running.Add(Keep("configuration", () => retuning.RunAsync(stop), stop));
        if (parts.Self is { } self) _running.Add(Keep("self", () => self.RunAsync(parts.SelfWriter, stop, _abort.Token), stop));
        if (parts.Ingest is { } ingest) _sources = Keep("sources", () => ingest.RunAsync(_stopSources.Token, _abort.Token), _stopSources.Token);
    }

    /// <summary>Runs a work on the partitions that are this process's own.</summary>
    private void Share(string work, Func<int, CancellationToken, CancellationToken, Task> run)
    {
        Task RunOne(int partition, CancellationToken mine) => Keep($"{work}/{partition}", () => run(partition, mine, _abort.Token), mine);
        _running.Add(Keep(work, () => parts.Log.Share.RunAsync(work, parts.Partitions, RunOne, _stopStages.Token), _stopStages.Token));
    }

    /// <summary>Sources first, then the web server, then the stages once they have read all there is, unless others go on with it.</summary>
    public async Task StopAsync(Func<CancellationToken, Task> stopWeb)
    {
        using var bound = new CancellationTokenSource(DrainFor, TimeProvider.System);
        await _stopSources.CancelAsync();
        await Task.WhenAny(_sources, Task.Delay(DrainFor, TimeProvider.System));
        await stopWeb(bound.Token);
        var drained = !parts.Log.IsShared && await parts.DrainAsync(_failed.Task, bound.Token);
        await _stopStages.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_running), Task.Delay(DrainFor, TimeProvider.System));
        await _abort.CancelAsync();
        await Task.WhenAll([_sources, .. _running]);
        if (parts.Log.IsShared) logger.HandedOver();
        else logger.Ended(drained);
    }

    public ValueTask DisposeAsync()
    {
        _stopSources.Dispose();
        _stopStages.Dispose();
        _abort.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a part again when the log was away or somebody else had it; anything else that it throws ends the program.</summary>
    private async Task Keep(string part, Func<Task> run, CancellationToken stop)
    {
        string? told = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await run();
                return;
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                return;
            }
            catch (LogUnavailableException e)
            {
                if (told != e.Message) logger.WaitsForLog(part, told = e.Message);
                await PauseAsync(parts.Log.IsShared ? RetrySharedAfter : RetryAfter, stop);
            }
            catch (Exception e) when (e is FencedException or OutcomeUnknownException)
            {
                logger.TakenOver(part, e.Message, RetrySharedAfter);
                await PauseAsync(RetrySharedAfter, stop);
            }
            catch (Exception e)
            {
                _failed.TrySetResult(e);
                return;
            }
        }
    }

    private static async Task PauseAsync(TimeSpan pause, CancellationToken stop) =>
        await Task.Delay(pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
