using System.Collections.Concurrent;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>
/// Takes the results of windows to InfluxDB, at least once and with a progress of its own: while InfluxDB is away they wait in the log, and
/// nobody else waits with them. A point overwrites itself. Bounded by one batch for each partition.
/// </summary>
public sealed class InfluxSink(ILog log, Topics topics, IInfluxWriter writer, InfluxOptions options, InfluxTools tools) : IDisposable
{
    /// <summary>As the program and its dead letters call it.</summary>
    public const string Name = "influx";

    private readonly ConcurrentDictionary<int, InfluxLane> _lanes = new();
    private readonly SemaphoreSlim _slots = new(options.MaxInFlight);
    private readonly InfluxNews _news = new(options.PublicUrl, tools.Tell);

    /// <summary>
    /// Whether waiting longer before a stop brings no more results to InfluxDB: it has taken in all that there are, and the stop sends them, or
    /// InfluxDB is away, and they wait in the log.
    /// </summary>
    public bool IsReadyToStop(TopicState windows) =>
        _news.IsAway || windows.Partitions.Index().All(p => _lanes.TryGetValue(p.Index, out var lane) && lane.Next >= p.Item.End);

    /// <summary>Takes one partition of the results until <paramref name="stop"/>, sends what it holds if InfluxDB takes it, and ends.</summary>
    /// <exception cref="UnknownTopicException">There is no such partition of results.</exception>
    /// <exception cref="FencedException">Somebody else took this partition over.</exception>
    /// <exception cref="LogUnavailableException">The log took no progress; running again goes on where this left off.</exception>
    public async Task RunAsync(int partition, CancellationToken stop, CancellationToken abort)
    {
        var from = new TopicPartition(topics.Windows, partition);
        var progress = await SinkProgress.OpenAsync(log, new TopicPartition(topics.Progress, partition), Name, tools.Time, abort);
        var delivery = new InfluxDelivery(writer, _slots, new InfluxBackoff(tools.Jitter), _news, tools.Time);
        var ends = new LaneEnds(log, from, delivery, new DeadLetters(log, from, topics.DeadLetter, progress));
        var lane = _lanes[partition] = new InfluxLane(ends, options, progress, tools.Ledger.Open("sink influx"), tools.Time);
        try
        {
            await lane.RunAsync(stop, abort);
        }
        finally
        {
            _lanes.TryRemove(partition, out _);
        }
    }

    public void Dispose() => _slots.Dispose();
}

/// <param name="Tell">Tells the operator.</param>
public sealed record InfluxTools(Ledger Ledger, TimeProvider Time, Action<string> Tell)
{
    /// <summary>From 0 to below 1, anew each time.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
