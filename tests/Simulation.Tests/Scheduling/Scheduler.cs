using Pipeline.Testing;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Runs every continuation of a simulation on one thread, in an order that the seed chooses, and moves the one clock. Whatever else the seed
/// decides is drawn from <see cref="Random"/> too, so that a seed is a whole history.
/// </summary>
internal sealed class Scheduler(int seed)
{
    private readonly List<(SimulatedProcess Process, SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private string? _strayed;
    private int _processes;

    public Random Random { get; } = new(seed);
    public TestTimeProvider Time { get; } = new();
    public Trace Trace { get; } = new();

    public SimulatedProcess Begin(string name) => new(this, name, _processes++);

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan UpTo(int milliseconds) => TimeSpan.FromMilliseconds(Random.Next(1, milliseconds + 1));

    /// <summary>Calls back once the time has passed; in no process, so that no crash prevents it.</summary>
    public void After(TimeSpan delay, Action callback) => Time.CreateTimer(_ => callback(), null, delay, Timeout.InfiniteTimeSpan);

    public void Post(SimulatedProcess process, SendOrPostCallback callback, object? state)
    {
        // Thrown by the next step and not here, since whoever owns this thread could not bear it.
        if (Environment.CurrentManagedThreadId != _thread) _strayed ??= $"{process.Name} went on after a wait on another thread:\n{Environment.StackTrace}";
        else if (!process.IsDead) _ready.Add((process, callback, state));
    }

    /// <summary>Runs one continuation; where there is none, and now and then where there is, lets time pass.</summary>
    public void Step()
    {
        if (_strayed is not null) throw new InvalidOperationException(_strayed);
        if (_ready.Count == 0 || Random.Next(40) == 0) Time.Advance(UpTo(200));
        if (_ready.Count == 0) return;
        var index = Random.Next(_ready.Count);
        var (process, callback, state) = _ready[index];
        (_ready[index], _) = (_ready[^1], _ready.Count);
        _ready.RemoveAt(_ready.Count - 1);
        if (process.IsDead) return;
        Trace.Step(process, Time.GetTimestamp());
        SynchronizationContext.SetSynchronizationContext(process);
        try
        {
            callback(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }
}
