using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>A log read from outside the process that writes it.</summary>
public sealed class EmbeddedLogView : ILogView, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly LogState _state;
    private readonly Task _following;
    private int _disposed;

    internal EmbeddedLogView(string folder, TimeProvider time)
    {
        if (!File.Exists(Journal.PathIn(folder))) throw new FileNotFoundException($"There is no log in {folder}. Is --data right?");
        _state = new LogState(folder);
        var follower = new JournalFollower(folder, _state);
        follower.Poll();
        _following = FollowAsync(follower, time);
    }

    public IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, CancellationToken stop) =>
        _state.ReadAsync(partition, from, stop);

    public ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort) => new(_state.Describe());

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync(JournalFollower follower, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) follower.Poll();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
