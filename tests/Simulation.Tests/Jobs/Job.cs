using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// A piece of work that always has somebody who does it: when it fails, or is killed, or is moved, another process begins it anew.
/// </summary>
/// <param name="work">Runs until its token is cancelled.</param>
internal sealed class Job(string name, Scheduler scheduler, Func<CancellationToken, Task> work)
{
    private readonly List<Turn> _turns = [];
    private bool _isStopping, _isToStart;

    public string Name => name;

    /// <summary>Whether nobody works on it any more.</summary>
    public bool HasEnded => _turns.TrueForAll(t => t.Process.IsDead || t.Running.IsCompleted);

    /// <summary>A failure that is no part of the weather: a bug.</summary>
    public Exception? Bug => _turns.Select(t => t.Running.Exception?.InnerException).FirstOrDefault(e => e is not null);

    private Turn? Current => _turns.Count == 0 ? null : _turns[^1];

    /// <summary>A successor begins. Who works on it now is not told.</summary>
    public void Start()
    {
        if (_isStopping) return;
        var turn = new Turn(scheduler.Begin($"{name} #{_turns.Count + 1}"));
        scheduler.Trace.Tell?.Invoke($"{turn.Process.Name} begins");
        _turns.Add(turn);
        turn.Running = turn.Process.Run(() => RunAsync(turn));
    }

    /// <summary>Ends who works on it, at whatever they wait for.</summary>
    public void Crash()
    {
        if (Current is not { Process.IsDead: false, Running.IsCompleted: false } turn) return;
        scheduler.Trace.Tell?.Invoke($"{turn.Process.Name} is killed");
        turn.Process.Kill();
        StartWithin(3000);
    }

    /// <summary>Ends all who work on it, zombies too, and begins anew.</summary>
    public void Replace()
    {
        foreach (var turn in _turns) turn.Process.Kill();
        StartWithin(3000);
    }

    /// <summary>Who works on it finishes what they hold, and another goes on.</summary>
    public void Move() => Current?.Stop.Cancel();

    /// <summary>Ends the job for good.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var turn in _turns.Where(t => !t.Process.IsDead)) turn.Stop.Cancel();
    }

    private async Task RunAsync(Turn turn)
    {
        try
        {
            await work(turn.Stop.Token);
            if (!turn.Stop.IsCancellationRequested) throw new InvalidOperationException($"{turn.Process.Name} ended by itself.");
        }
        catch (Exception e) when (e is FencedException or LogUnavailableException or OutcomeUnknownException)
        {
            scheduler.Trace.Tell?.Invoke($"{turn.Process.Name} fails: {e.Message}");
        }
        if (turn == Current) StartWithin(1000);
    }

    private void StartWithin(int milliseconds)
    {
        if (_isToStart) return;
        _isToStart = true;
        scheduler.After(scheduler.UpTo(milliseconds), () =>
        {
            _isToStart = false;
            Start();
        });
    }

    /// <summary>One process's time with the job.</summary>
    private sealed class Turn(SimulatedProcess process)
    {
        public SimulatedProcess Process { get; } = process;
        public CancellationTokenSource Stop { get; } = new();
        public Task Running { get; set; } = Task.CompletedTask;
    }
}
