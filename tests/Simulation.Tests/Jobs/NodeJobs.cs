using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Ingest;

namespace Pipeline.Simulation.Tests;

/// <summary>The nodes that write and promise, each with a wrong clock, and a vandal.</summary>
internal sealed class NodeJobs
{
    private readonly World _world;

    public NodeJobs(World world)
    {
        _world = world;
        All = [.. world.Nodes.Select(Node), new Job("vandal", world.Scheduler, stop => new Vandal(world.Scheduler, world.Partitions).RunAsync(world.Log, stop))];
    }

    public IReadOnlyList<Job> All { get; }
    public SourceBooks Books { get; } = new();

    private Job Node(string name)
    {
        var random = _world.Scheduler.Random;
        var time = new SkewedTime(_world.Scheduler.Time, TimeSpan.FromMilliseconds(random.Next(-2000, 2000)));
        var source = new SimulatedSource(_world.Scheduler, Books, name, time).Source;
        var target = new IngestTarget(_world.Topics.Observations, _world.Partitions, name);
        var lateness = _world.Scheduler.UpTo(2000);
        return new Job(name, _world.Scheduler, async stop =>
        {
            var writer = await _world.Fault.Log("node", _world.Log).OpenAsync(name, default);
            var node = new IngestNode(target, new IngestOptions { Queue = 64 }, lateness, time, NullLogger<IngestNode>.Instance);
            await node.RunAsync([source], writer, _world.OpenLedger(), stop, default);
        });
    }
}
