using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// Watches calls of librdkafka that do not keep their time limit, one at a time. Where the broker that coordinates a group leaves the cluster,
/// its <c>rd_kafka_send_offsets_to_transaction</c> waits without end for some broker's connection to change (librdkafka issue 5511, in 2.15.1).
/// </summary>
internal sealed class CallWatch : IDisposable
{
    public const string Unanswered = "The Kafka client has not answered for 15 seconds";

    private static readonly TimeSpan NudgeEvery = TimeSpan.FromSeconds(3);
    private const int MaxNudges = 4;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private readonly Action _nudge;
    private int _nudges;

    /// <param name="nudge">Called every three seconds while a call lasts.</param>
    public CallWatch(TimeProvider time, Action nudge)
    {
        _nudge = nudge;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when a call has lasted for fifteen seconds. No other is begun after it, should it come back.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <exception cref="OutcomeUnknownException">An earlier call was given up.</exception>
    public void Run(Action call)
    {
        lock (_lock)
        {
            if (GivenUp.IsCompleted) throw new OutcomeUnknownException(Unanswered);
            _nudges = 0;
            _timer.Change(NudgeEvery, NudgeEvery);
        }
        try
        {
            call();
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            if (_nudges++ == MaxNudges) _givenUp.TrySetResult();
        }
        if (!GivenUp.IsCompleted) _nudge();
    }
}
