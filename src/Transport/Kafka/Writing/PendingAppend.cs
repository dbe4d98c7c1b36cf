using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>A batch that waits for its transaction.</summary>
internal sealed class PendingAppend(RecordBatch batch)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public RecordBatch Batch => batch;
    public Task Done => _done.Task;

    /// <summary>For the writer: false where the caller gave it up before.</summary>
    public bool Take() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>For the caller: too late once it is part of a transaction.</summary>
    public void GiveUp(CancellationToken abort)
    {
        if (Take()) _done.TrySetCanceled(abort);
    }

    public void Complete() => _done.TrySetResult();
    public void Fail(Exception reason) => _done.TrySetException(reason);
}
