using System.Runtime.CompilerServices;
using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// A log whose every call takes its time and goes as the weather has it. An append is a request of its own, which a crash of its sender does
/// not stop: it may be kept after that, unless the successor has opened the writer by then.
/// </summary>
internal sealed class SimulatedLog : ILog
{
    private readonly Scheduler _scheduler;
    private readonly Weather _weather;
    private readonly SimulatedProcess _network;
    private readonly List<(string Name, SimulatedPartition[] Partitions)> _topics;
    private readonly Dictionary<string, SimulatedWriter> _writers = [];
    private long _lastTime;

    public SimulatedLog(Scheduler scheduler, Weather weather, int partitions, IEnumerable<string> topics)
    {
        (_scheduler, _weather, _network) = (scheduler, weather, scheduler.Begin("network"));
        _topics = [.. topics.Select(t => (t, Enumerable.Range(0, partitions).Select(p => new SimulatedPartition(new TopicPartition(t, p))).ToArray()))];
    }

    public LogCounts Counts { get; } = new();

    /// <summary>How many appends have not arrived, of dead senders too.</summary>
    public int UnderWay { get; private set; }

    public SimulatedPartition this[string topic, int partition] => _topics.First(t => t.Name == topic).Partitions[partition];

    public IReadOnlyList<SimulatedPartition> this[string topic] => _topics.First(t => t.Name == topic).Partitions;

    public async IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition partition, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        var (source, slice, next) = (this[partition.Topic, partition.Partition], new LogSlice(), Math.Max(from, 0));
        while (true)
        {
            if (next >= source.End) await source.GrownAsync(stop);
            await _weather.PauseAsync();
            if (stop.IsCancellationRequested) yield break;
            source.Fill(slice, next, _weather.SliceRecords());
            next = slice.NextOffset;
            yield return slice;
        }
    }

    public async ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort)
    {
        await _weather.PauseAsync();
        var writer = _writers[name] = new SimulatedWriter(name, SendAsync);
        await _weather.PauseAsync();
        return writer;
    }

    public async ValueTask<long> EndAsync(TopicPartition partition, CancellationToken abort)
    {
        await _weather.PauseAsync();
        return this[partition.Topic, partition.Partition].End;
    }

    public async ValueTask<IReadOnlyList<TopicState>> DescribeAsync(CancellationToken abort)
    {
        await _weather.PauseAsync();
        return [.. _topics.Select(t => new TopicState(t.Name, [.. t.Partitions.Select(p => new PartitionState(0, p.EndBefore(_weather.AppendsForgotten()), null))]))];
    }

    /// <summary>Keeps the records now, whoever it is that has them.</summary>
    public void Keep(RecordBatch batch) => Keep(Copy(batch));

    private void Keep((TopicPartition To, byte[] Key, byte[] Value)[] records)
    {
        _lastTime = Math.Max(_lastTime, _scheduler.Time.UnixMilliseconds());
        foreach (var (to, key, value) in records)
        {
            this[to.Topic, to.Partition].Add(_lastTime, key, value);
            _scheduler.Trace.Add(value);
        }
        foreach (var to in records.Select(r => r.To).Distinct()) this[to.Topic, to.Partition].Grow(_weather.LeavesGap());
    }

    private Task SendAsync(SimulatedWriter writer, RecordBatch batch)
    {
        var records = Copy(batch); // the sender may use the batch again
        UnderWay++;
        return _network.Run(() => ArriveAsync(writer, records));
    }

    private static (TopicPartition, byte[], byte[])[] Copy(RecordBatch batch)
    {
        var copy = new (TopicPartition, byte[], byte[])[batch.Count];
        for (var i = 0; i < copy.Length; i++) copy[i] = (batch[i].To, batch[i].Key.ToArray(), batch[i].Value.ToArray());
        return copy;
    }

    private async Task ArriveAsync(SimulatedWriter writer, (TopicPartition, byte[], byte[])[] records)
    {
        await _weather.PauseAsync();
        UnderWay--;
        if (_writers[writer.Name] != writer)
        {
            Counts.Fenced++;
            throw new FencedException(writer.Name);
        }
        if (_weather.Refuses())
        {
            Counts.Refused++;
            throw new LogUnavailableException("The weather is bad.");
        }
        var isUnknown = _weather.LosesAnswer();
        if (!isUnknown || _scheduler.Chance(0.5))
        {
            _scheduler.Trace.Tell?.Invoke($"{writer.Name} appends {records.Length} records, {Words(records)}");
            Keep(records);
        }
        await _weather.PauseAsync();
        if (!isUnknown) return;
        Counts.Unknown++;
        throw new OutcomeUnknownException("The answer was lost.");
    }

    /// <summary>The topics, and the progress as it stands.</summary>
    private static string Words(IEnumerable<(TopicPartition To, byte[] Key, byte[] Value)> records) => string.Join(", ", records.GroupBy(r => r.To.Topic).Select(
        topic => topic.Key == "progress" ? Encoding.UTF8.GetString(topic.Last().Value) : $"{topic.Count()} {topic.Key}"));
}
