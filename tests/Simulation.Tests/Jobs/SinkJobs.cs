using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Sinks.Influx;

namespace Pipeline.Simulation.Tests;

/// <summary>The sink that takes results to InfluxDB, over every partition.</summary>
internal sealed class SinkJobs
{
    private readonly World _world;

    public SinkJobs(World world)
    {
        _world = world;
        Influx = new SimulatedInflux(world.Scheduler, world.Weather);
        var random = world.Scheduler.Random;
        var options = new InfluxOptions { MaxPoints = random.Next(1, 30), MaxAge = world.Scheduler.UpTo(500), MaxInFlight = world.Partitions };
        All = world.JobsOf(InfluxSink.Name, async (log, partition, stop) =>
        {
            var tools = new InfluxTools(world.OpenLedger(), world.Scheduler.Time, _ => { }) { Jitter = random.NextDouble };
            using var sink = new InfluxSink(log, world.Topics, world.Fault.Influx(Influx), options, tools);
            await sink.RunAsync(partition, stop, default);
        });
    }

    public IReadOnlyList<Job> All { get; }
    public SimulatedInflux Influx { get; }

    /// <summary>Whether all results are sent and the progress says so.</summary>
    public bool AreAtRest => Enumerable.Range(0, _world.Partitions).All(p => _world.Log[_world.Topics.Windows, p].End == Progress(p));

    private long Progress(int partition)
    {
        var key = Encoding.UTF8.GetBytes($"{InfluxSink.Name}/{partition}");
        var last = _world.Log[_world.Topics.Progress, partition].Records.LastOrDefault(r => r.Key.AsSpan().SequenceEqual(key));
        return last is null ? 0 : JsonSerializer.Deserialize(last.Value, WireFormat.Records.Progress)!.RewindTo;
    }
}
