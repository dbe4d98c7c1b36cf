namespace Pipeline.Host.Run;

/// <summary>Keeps the web host from listening for signals itself: the program ends in its own order.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
