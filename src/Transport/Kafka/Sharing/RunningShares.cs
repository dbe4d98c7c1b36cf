namespace Pipeline.Transport.Kafka;

/// <summary>The partitions of one work that run here.</summary>
internal sealed class RunningShares(Func<int, CancellationToken, Task> run)
{
    private readonly Dictionary<int, Running> _running = [];

    /// <summary>Ends what is not wanted any more, and then begins what is.</summary>
    public async Task ChangeAsync(IReadOnlySet<int> wanted)
    {
        var lost = _running.Where(r => !wanted.Contains(r.Key)).ToList();
        foreach (var (_, running) in lost) await running.Stop.CancelAsync();
        foreach (var (partition, running) in lost)
        {
            await running.Task;
            running.Stop.Dispose();
            _running.Remove(partition);
        }
        foreach (var partition in wanted.Where(p => !_running.ContainsKey(p)).ToList())
        {
            var stop = new CancellationTokenSource();
            _running[partition] = new Running(Task.Run(() => run(partition, stop.Token), CancellationToken.None), stop);
        }
    }

    private sealed record Running(Task Task, CancellationTokenSource Stop);
}
