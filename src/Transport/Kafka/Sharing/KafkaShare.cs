using System.Text.Json;
using Confluent.Kafka;
using Pipeline.Contracts;
using TopicPartition = Pipeline.Contracts.TopicPartition;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// Shares work among processes by signs of life on a topic: everybody hears them in one order and computes the same shares. Kafka's own consumer
/// groups notice a dead member after 6 s at the earliest; here it is a matter of configuration (docs/adr/0005). Nothing depends on two processes
/// never taking the same partition at once: the writer that opens later fences the other.
/// </summary>
public sealed class KafkaShare : IWorkShare, IAsyncDisposable
{
    private const int BeatsToDeath = 6;
    private const long History = 1000;
    private static readonly HashSet<int> Nothing = [];

    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly string _self;
    private readonly KafkaLog _log;
    private readonly TopicPartition _topic;
    private readonly TimeProvider _time;
    private readonly TimeSpan _beat;
    private readonly MemberView _view;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<string, int> _works = [];
    private TaskCompletionSource _changed = NewSignal();
    private Task _beating = Task.CompletedTask, _hearing = Task.CompletedTask;

    /// <param name="self">The name of this process; no other that lives has it.</param>
    public KafkaShare(KafkaLog log, string self, Contracts.Topics topics, KafkaOptions options, TimeProvider time)
    {
        (_log, _self, _topic, _time, _beat) = (log, self, new TopicPartition(topics.Members, 0), time, options.DeadAfter / BeatsToDeath);
        _view = new MemberView(_self, _run, BeatsToDeath, (long)options.DeadAfter.TotalMilliseconds);
    }

    public async Task RunAsync(string work, int partitions, Func<int, CancellationToken, Task> run, CancellationToken stop)
    {
        Join(work, partitions);
        var shares = new RunningShares(run);
        using var registration = stop.UnsafeRegister(_ => Signal(), null);
        try
        {
            for (var changed = Changed; !stop.IsCancellationRequested; changed = Changed)
            {
                await shares.ChangeAsync(Mine(work) ?? Nothing);
                await await Task.WhenAny(changed, _beating, _hearing);
            }
        }
        finally
        {
            await shares.ChangeAsync(Nothing);
        }
    }

    public IReadOnlySet<int>? Mine(string work)
    {
        lock (_lock)
            return _works.TryGetValue(work, out var partitions) && _view.Sharing(work) is { Count: > 0 } sharing ? Assignment.Of(_self, sharing, work, partitions) : null;
    }

    /// <summary>Says that this process leaves, so that nobody has to wait for its silence.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_beating, _hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await BeatAsync(isLeaving: true);
        _ended.Dispose();
    }

    private Task Changed
    {
        get
        {
            lock (_lock) return _changed.Task;
        }
    }

    private void Join(string work, int partitions)
    {
        lock (_lock)
        {
            _works.Add(work, partitions);
            if (_works.Count == 1) (_beating, _hearing) = (Task.Run(BeatAsync), Task.Run(HearAsync));
        }
    }

    private async Task BeatAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var began = _time.GetTimestamp();
            await BeatAsync(isLeaving: false);
            var rest = _beat - _time.GetElapsedTime(began);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BeatAsync(bool isLeaving)
    {
        string[] works;
        lock (_lock) works = [.. _works.Keys];
        var value = JsonSerializer.SerializeToUtf8Bytes(new MemberBeat(_self, _run, works, isLeaving), WireFormat.Records.MemberBeat);
        try
        {
            await _log.ProduceAsync(_topic, key: null, value, CancellationToken.None);
        }
        catch (KafkaException)
        {
            // Kafka is away, and nobody else is heard either; librdkafka has told the operator.
        }
    }

    private async Task HearAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var end = (await _log.TopicAsync(_topic.Topic, _ended.Token)).Partitions[_topic.Partition].End;
                await foreach (var slice in _log.ReadAsync(_topic, end - History, _ended.Token)) Hear(slice);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
            }
            catch (LogUnavailableException)
            {
                await Task.Delay(_beat, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hear(LogSlice slice)
    {
        var changed = false;
        lock (_lock)
            for (var i = 0; i < slice.Count; i++)
                if (Read(slice[i].Value) is { } beat) changed |= _view.Hear(beat, slice[i].Time);
        if (changed) Signal();
    }

    private static MemberBeat? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WireFormat.Records.MemberBeat);
        }
        catch (JsonException)
        {
            return null; // somebody else's record is nobody's sign of life
        }
    }

    private void Signal()
    {
        lock (_lock)
        {
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
