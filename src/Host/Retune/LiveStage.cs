using Pipeline.Processing;
using Pipeline.Transport;

namespace Pipeline.Host.Retune;

/// <summary>A stage whose flow can be exchanged: on each partition it then ends in order and begins again.</summary>
internal sealed class LiveStage(Flow flow, Func<Flow, Stage> stage)
{
    private volatile InForce _now = new(flow, new CancellationTokenSource());

    public void Change(Flow flow)
    {
        var before = _now;
        _now = new InForce(flow, new CancellationTokenSource());
        before.Ended.Cancel();
    }

    /// <inheritdoc cref="Stage.RunAsync(int, CancellationToken, CancellationToken)"/>
    public async Task RunAsync(int partition, CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            var now = _now;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, now.Ended.Token);
            await stage(now.Flow).RunAsync(partition, ended.Token, abort);
        }
    }

    private sealed record InForce(Flow Flow, CancellationTokenSource Ended);
}
