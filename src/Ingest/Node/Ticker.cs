namespace Pipeline.Ingest;

/// <summary>Says when the next tick is due, at whole multiples of the interval.</summary>
internal sealed class Ticker : IDisposable
{
    private readonly ITimer _timer;
    private TaskCompletionSource _due = New();

    public Ticker(TimeSpan interval, TimeProvider time)
    {
        var first = interval.Ticks - time.GetUtcNow().Ticks % interval.Ticks;
        _timer = time.CreateTimer(_ => Volatile.Read(ref _due).TrySetResult(), null, TimeSpan.FromTicks(first), interval);
    }

    public Task NextAsync() => Volatile.Read(ref _due).Task;

    public bool TakeDue()
    {
        if (!_due.Task.IsCompleted) return false;
        Volatile.Write(ref _due, New());
        return true;
    }

    public void Dispose() => _timer.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
