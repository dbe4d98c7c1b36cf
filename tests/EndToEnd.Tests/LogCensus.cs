using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Reads a whole log from outside and counts what is in it, independently of the program.</summary>
internal sealed class LogCensus(IReadOnlyList<WindowOptions> windows)
{
    /// <summary>How often each pushed value is in the log.</summary>
    public Dictionary<long, int> Values { get; } = [];
    public BatchWindows Batch { get; } = new(windows);
    public List<ReadRecord> Published { get; } = [];

    public async Task ReadAsync(string data)
    {
        await using var log = EmbeddedLog.OpenReadOnly(Path.Combine(data, "log"), TimeProvider.System);
        await ReadAsync(log);
    }

    public async Task ReadAsync<T>(T log) where T : ILogReader, ILogCatalog
    {
        foreach (var topic in await log.DescribeAsync(CancellationToken.None))
        {
            for (var p = 0; p < topic.Partitions.Count; p++)
            {
                var place = new TopicPartition(topic.Name, p);
                if (topic.Name == "observations") await ReadObservationsAsync(log, place, topic.Partitions[p]);
                if (topic.Name == "windows") Published.AddRange(await log.TakeAll(place));
            }
        }
    }

    /// <summary>Every request is in the log whole: once where it was acknowledged, else at most once.</summary>
    public void CheckRequests(PushLoad load)
    {
        foreach (var (request, acknowledged) in load.Requests)
        {
            var first = request * PushLoad.SamplesPerRequest;
            var times = Enumerable.Range(0, PushLoad.SamplesPerRequest).Select(i => Values.GetValueOrDefault(first + i)).Distinct().ToList();
            Assert.True(times.Count == 1, $"Request {request} is in the log in part.");
            Assert.True(acknowledged ? times[0] == 1 : times[0] <= 1, $"Request {request} (acknowledged: {acknowledged}) is in the log {times[0]} times.");
        }
    }

    private async Task ReadObservationsAsync(ILogReader log, TopicPartition place, PartitionState state)
    {
        var partition = Batch.BeginPartition();
        if (state.End == state.First) return;
        await foreach (var slice in log.ReadAsync(place, state.First, CancellationToken.None))
        {
            for (var i = 0; i < slice.Count; i++)
            {
                var record = slice[i].Value.ToArray();
                partition.Add(record);
                Count(record);
            }
            if (slice.NextOffset >= state.End) return;
        }
    }

    private void Count(byte[] record)
    {
        using var json = JsonDocument.Parse(record);
        if (json.RootElement.GetProperty("kind").GetString() != "load") return;
        var value = (long)json.RootElement.GetProperty("values").GetProperty("value").GetDouble();
        Values[value] = Values.GetValueOrDefault(value) + 1;
    }
}
