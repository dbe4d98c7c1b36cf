using System.Runtime.CompilerServices;
using Pipeline.Contracts;

namespace Pipeline.Testing;

/// <summary>A log without a disk, for tests of what stands above one. Keeps everything until told otherwise.</summary>
public sealed class InMemoryLog : ILog
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<TopicSpec> _topics;
    private readonly Dictionary<TopicPartition, List<Kept>> _partitions = [];
    private readonly Dictionary<string, InMemoryLogWriter> _writers = [];
    private readonly TimeProvider _time;
    private TaskCompletionSource _changed = NewSignal();
    private readonly Dictionary<TopicPartition, int> _first = [];
    private long _lastTime = long.MinValue;

    public InMemoryLog(IReadOnlyList<TopicSpec> topics, TimeProvider time)
    {
        _topics = topics;
        _time = time;
        foreach (var topic in topics)
            for (var p = 0; p < topic.Partitions; p++)
                _partitions[new TopicPartition(topic.Name, p)] = [];
    }

    /// <summary>Called before anything of a batch is kept. What it throws, the append throws.</summary>
    public Action<RecordBatch>? BeforeAppend { get; set; }

    /// <summary>Nobody answers what is asked about its topics.</summary>
    public bool IsAway { get; set; }

    /// <summary>How many records the next slice holds, at most.</summary>
    public Func<int> SliceRecords { get; set; } = () => 500;

    /// <summary>Lets go of what is before an offset, as retention does.</summary>
    public void Truncate(TopicPartition partition, int first)
    {
        lock (_lock) _first[partition] = first;
    }

    public async IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!_partitions.ContainsKey(partition)) throw new UnknownTopicException(partition);
        var slice = new LogSlice();
        var next = Math.Max(from, 0);
        while (!stop.IsCancellationRequested)
        {
            if (Fill(slice, partition, next) is { } changed)
            {
                await changed.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            next = slice.NextOffset;
            yield return slice;
        }
    }

    public ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort)
    {
        lock (_lock) return new(_writers[name] = new InMemoryLogWriter(this, name));
    }

    public ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort)
    {
        if (IsAway) throw new LogUnavailableException("The log is away.");
        lock (_lock) return new(_partitions[partition].Count);
    }

    public ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort)
    {
        if (IsAway) throw new LogUnavailableException("The log is away.");
        lock (_lock) return new([.. _topics.Select(Describe)]);
    }

    internal void Append(InMemoryLogWriter writer, RecordBatch batch)
    {
        lock (_lock)
        {
            if (_writers[writer.Name] != writer) throw new FencedException(writer.Name);
            for (var i = 0; i < batch.Count; i++)
                if (!_partitions.ContainsKey(batch[i].To)) throw new UnknownTopicException(batch[i].To);
            BeforeAppend?.Invoke(batch);
            _lastTime = Math.Max(_lastTime, _time.UnixMilliseconds());
            for (var i = 0; i < batch.Count; i++)
                _partitions[batch[i].To].Add(new Kept(_lastTime, batch[i].Key.ToArray(), batch[i].Value.ToArray()));
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    private Task? Fill(LogSlice slice, TopicPartition partition, long from)
    {
        lock (_lock)
        {
            var kept = _partitions[partition];
            from = Math.Max(from, _first.GetValueOrDefault(partition));
            if (from >= kept.Count) return _changed.Task;
            var taken = kept.GetRange((int)from, Math.Min(SliceRecords(), kept.Count - (int)from));
            var buffer = taken.SelectMany(r => r.Key.Concat(r.Value)).ToArray();
            slice.Begin(partition, buffer, from);
            var at = 0;
            foreach (var record in taken)
            {
                var value = at + record.Key.Length;
                slice.Add(slice.NextOffset, record.Time, at..value, value..(at = value + record.Value.Length));
            }
            return null;
        }
    }

    private TopicState Describe(TopicSpec topic) => new(topic.Name, [.. Enumerable.Range(0, topic.Partitions).Select(p =>
    {
        var kept = _partitions[new TopicPartition(topic.Name, p)];
        return new PartitionState(_first.GetValueOrDefault(new TopicPartition(topic.Name, p)), kept.Count, kept.Sum(r => (long)r.Key.Length + r.Value.Length));
    })]);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Kept(long Time, byte[] Key, byte[] Value);
}
