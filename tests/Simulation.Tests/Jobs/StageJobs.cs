using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Transport;

namespace Pipeline.Simulation.Tests;

/// <summary>The two steps of windows, over every partition.</summary>
internal sealed class StageJobs
{
    private readonly World _world;
    private readonly Dictionary<TopicPartition, List<StagePositions>> _positions = [];
    private readonly StageLimits _limits;

    public StageJobs(World world)
    {
        _world = world;
        var random = world.Scheduler.Random;
        _limits = new StageLimits(random.Next(1, 30), 4 << 20, random.Next(5, 100), random.Next(2) * world.Scheduler.UpTo(1000));
        foreach (var input in new[] { world.Topics.Observations, world.Topics.Partials })
            for (var p = 0; p < world.Partitions; p++) _positions.Add(new TopicPartition(input, p), []);
        Windows = JobsOf("windows", flows => flows.Windows);
        All = [.. Windows, .. JobsOf("merge", flows => flows.Merge)];
    }

    public IReadOnlyList<Job> All { get; }

    /// <summary>The first step, by partition.</summary>
    public IReadOnlyList<Job> Windows { get; }

    /// <summary>Whether somebody has read all that there is, and published what it causes.</summary>
    public bool AreAtRest => _positions.All(p => p.Value.Exists(run => run.All.Any(place => place.Next == _world.Log[p.Key.Topic, p.Key.Partition].End)));

    private IReadOnlyList<Job> JobsOf(string name, Func<WindowFlows, Flow> choose) => _world.JobsOf(name, (log, partition, stop) =>
    {
        var windows = name == "windows" ? _world.Windows.Now(partition) : []; // the second step knows only what the first one names
        var isNew = name == "windows" && _world.Windows.IsChanged(partition);
        var plans = WindowPlan.Of(windows, new Dictionary<string, string>());
        var flow = _world.Fault.Flow(choose(new WindowFlows(plans, _world.Topics, _world.Partitions, _world.Options(), _world.OpenLedger())));
        var positions = new StagePositions();
        _positions[new TopicPartition(flow.Input, partition)].Add(positions);
        return new Stage(isNew ? Noted(flow) : flow, log, new StageTools(_world.Topics, positions, _world.Scheduler.Time), _limits).RunAsync(partition, stop, default);
    });

    private Flow Noted(Flow flow) => flow with
    {
        Build = (slices, start) =>
        {
            _world.Windows.Begin(start.Partition, () => SourceCheck.LatestTime(_world));
            return flow.Build(slices, start);
        },
    };
}
