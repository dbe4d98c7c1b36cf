using Pipeline.Contracts;
using Pipeline.Sinks.Influx;
using Pipeline.Transport;
using Pipeline.Transport.Embedded;

namespace Pipeline.Host.Run;

/// <summary>Everything that runs beside the web server: sources, stages, sinks and the log's housekeeping.</summary>
internal sealed class PipelineWork(PipelineParts parts, EmbeddedLog log, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetainEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopSources = new();
    private readonly CancellationTokenSource _stopStages = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _stages = [];
    private Task _sources = Task.CompletedTask;

    /// <summary>Ends, with the reason, when a part fails in a way that running it again would not mend.</summary>
    public Task<Exception> Failed => _failed.Task;

    public void Start()
    {
        foreach (var flow in parts.Flows)
        {
            var stage = new Stage(flow, log, new StageTools(parts.Topics, parts.Positions, TimeProvider.System), new StageLimits());
            for (var partition = 0; partition < parts.Partitions; partition++)
            {
                var p = partition;
                _stages.Add(Keep($"{flow.Name}/{p}", () => stage.RunAsync(p, _stopStages.Token, _abort.Token)));
            }
        }
        _stages.Add(Keep("live", () => parts.Live.RunAsync(_stopStages.Token, _abort.Token)));
        if (parts.Influx is { } influx) _stages.Add(Keep(InfluxSink.Name, () => influx.RunAsync(_stopStages.Token, _abort.Token)));
        _stages.Add(Keep("stream", () => parts.Stream.RunAsync(_stopStages.Token)));
        _stages.Add(Keep("retention", RetainAsync));
        _sources = Keep("sources", () => parts.RunSourcesAsync(_stopSources.Token, _abort.Token));
    }

    /// <summary>Sources first, then the web server, then the stages once they have read all there is.</summary>
    public async Task StopAsync(Func<CancellationToken, Task> stopWeb)
    {
        await _stopSources.CancelAsync();
        await _sources;
        using var bound = new CancellationTokenSource(DrainFor, TimeProvider.System);
        await stopWeb(bound.Token);
        var drained = await parts.DrainAsync(log, _failed.Task, bound.Token);
        await _stopStages.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_stages), Task.Delay(DrainFor, TimeProvider.System));
        await _abort.CancelAsync();
        await Task.WhenAll(_stages);
        logger.Ended(drained);
    }

    public ValueTask DisposeAsync()
    {
        _stopSources.Dispose();
        _stopStages.Dispose();
        _abort.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a part again when the log had no room; anything else that it throws ends the program.</summary>
    private async Task Keep(string part, Func<Task> run)
    {
        while (!_stopStages.IsCancellationRequested)
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
                logger.WaitsForLog(part, e.Message);
                await Task.Delay(RetryAfter, TimeProvider.System, _stopStages.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e)
            {
                _failed.TrySetResult(e);
                return;
            }
        }
    }

    private async Task RetainAsync()
    {
        using var timer = new PeriodicTimer(RetainEvery, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopStages.Token)) await log.RetainAsync(_abort.Token);
        }
        catch (OperationCanceledException) when (_stopStages.IsCancellationRequested)
        {
        }
    }
}
