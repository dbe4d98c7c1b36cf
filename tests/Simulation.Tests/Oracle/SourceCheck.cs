using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Whether the nodes wrote what their sources emitted, none more often than it was emitted, and kept what they promised.
/// </summary>
internal sealed class SourceCheck(SourceBooks books)
{
    private readonly Dictionary<double, int> _times = [];
    private readonly Dictionary<string, long> _promises = [];

    /// <summary>Begins another partition: promises are made to each of them.</summary>
    public void Begin() => _promises.Clear();

    /// <summary>The latest event time in the log that is believed, Unix milliseconds.</summary>
    public static long LatestTime(World world)
    {
        var latest = 0L;
        foreach (var record in world.Log[world.Topics.Observations].SelectMany(p => p.Records).Where(r => !Vandal.IsRubbish(r.Value)))
        {
            using var json = JsonDocument.Parse(record.Value);
            var time = json.RootElement.GetProperty("time").GetInt64();
            if (time - record.Time <= World.MaxFuture) latest = Math.Max(latest, time);
        }
        return latest;
    }

    /// <returns>The event time of the record, Unix milliseconds.</returns>
    public long TimeOf(JsonElement record)
    {
        var (source, time) = (record.GetProperty("source").GetString()!, record.GetProperty("time").GetInt64());
        if (record.GetProperty("kind").ValueEquals(Tick.KindOfTick))
        {
            _promises[source] = time;
            return time;
        }
        var value = record.GetProperty("values").GetProperty("value").GetDouble();
        var times = _times[value] = _times.GetValueOrDefault(value) + 1;
        if (times > books.Times(value)) Assert.Fail($"The observation {value} is in the log {times} times, and was emitted {books.Times(value)} times.");
        var promise = _promises.GetValueOrDefault(source);
        if (time < promise && !books.IsTardy(value)) Assert.Fail($"{source} promised nothing older than {promise} and then wrote {value} of {time}.");
        return time;
    }
}
