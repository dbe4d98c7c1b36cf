namespace Pipeline.Simulation.Tests;

/// <summary>
/// Where the continuations of one process run. A killed one never runs again: what it waited for comes to nothing, and nothing of it is
/// disposed of.
/// </summary>
internal sealed class SimulatedProcess(Scheduler scheduler, string name, int number) : SynchronizationContext
{
    public string Name { get; } = name;
    public int Number { get; } = number;
    public bool IsDead { get; private set; }

    public void Kill() => IsDead = true;

    /// <summary>Begins the work at some later step.</summary>
    public Task Run(Func<Task> work)
    {
        var ended = new TaskCompletionSource();
        Post(async _ =>
        {
            try
            {
                await work();
                ended.SetResult();
            }
            catch (Exception e) // the caller's to judge
            {
                ended.SetException(e);
            }
        }, null);
        return ended.Task;
    }

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(this, d, state);
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for a continuation here.");
    public override SynchronizationContext CreateCopy() => this;
}
