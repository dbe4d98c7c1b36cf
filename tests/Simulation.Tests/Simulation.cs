using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// One history of the whole pipeline: some seconds in which anything may go wrong, then calm, in which everything comes to rest, and then
/// the oracle looks at what is there.
/// </summary>
internal sealed class Simulation
{
    /// <summary>A hundred times what a history takes.</summary>
    private const int MostSteps = 200_000;

    private static readonly long Start = new TestTimeProvider().UnixMilliseconds();

    private readonly World _world;
    private readonly NodeJobs _nodes;
    private readonly StageJobs _stages;
    private readonly SinkJobs _sinks;
    private readonly IReadOnlyList<Job> _jobs;
    private readonly History _history = new();
    private int _steps;

    private Simulation(int seed, PlantedFault fault, Action<string>? tell)
    {
        _world = new World(seed, fault);
        (_nodes, _stages, _sinks) = (new NodeJobs(_world), new StageJobs(_world), new SinkJobs(_world));
        _jobs = [.. _nodes.All, .. _stages.All, .. _sinks.All];
        if (tell is not null) _world.Scheduler.Trace.Tell = line => tell($"{_world.Scheduler.Time.UnixMilliseconds() - Start:D5} {line}");
    }

    /// <param name="tell">Told what happens.</param>
    /// <returns>What has happened.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">The outcome is wrong.</exception>
    public static History Run(int seed, PlantedFault fault, Action<string>? tell = null)
    {
        var simulation = new Simulation(seed, fault, tell);
        simulation.Run();
        return simulation._history;
    }

    private void Run()
    {
        var (scheduler, weather) = (_world.Scheduler, _world.Weather);
        var end = Start + scheduler.Random.Next(5000, 15_000);
        foreach (var job in _jobs) job.Start();
        if (_world.Windows.WillChange)
        {
            Until(() => scheduler.Time.UnixMilliseconds() >= end, Disturb);
            ChangeWindows();
            end += scheduler.Random.Next(5000, 10_000);
        }
        Until(() => scheduler.Time.UnixMilliseconds() >= end, Disturb);
        scheduler.Trace.Tell?.Invoke("calm");
        weather.IsCalm = true;
        End(_nodes.All);
        Until(() => _world.Log.UnderWay == 0 && _world.Windows.HaveBegun(_world.Partitions));
        CloseWindows();
        Until(() => _stages.AreAtRest);
        Until(() => _sinks.AreAtRest);
        End(_jobs);
        new Oracle(_world, _nodes.Books).Check(_sinks.Influx);
        _history.Take(_world, _steps);
    }

    private void Until(Func<bool> condition, Action? disturb = null)
    {
        while (!condition())
        {
            if (++_steps > MostSteps) throw new InvalidOperationException("It does not come to rest.");
            _world.Scheduler.Step();
            disturb?.Invoke();
            if (_steps % 16 == 0) LookForBugs();
        }
        LookForBugs();
    }

    private void LookForBugs()
    {
        if (_jobs.Select(j => j.Bug).FirstOrDefault(b => b is not null) is { } bug) throw new InvalidOperationException(bug.Message, bug);
    }

    private void End(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs) job.Stop();
        Until(() => jobs.All(j => j.HasEnded));
    }

    private void Disturb()
    {
        var (random, weather) = (_world.Scheduler.Random, _world.Weather);
        if (weather.Strikes(weather.Outage)) _sinks.Influx.GoAway();
        if (weather.Strikes(weather.Crash))
        {
            _history.Crashes++;
            if (random.Next(10) == 0) foreach (var job in _jobs) job.Crash();
            else _jobs[random.Next(_jobs.Count)].Crash();
        }
        if (weather.Strikes(weather.Move))
        {
            _history.Moves++;
            _jobs[random.Next(_jobs.Count)].Move();
        }
        if (weather.Strikes(weather.Settings))
        {
            _history.Settings++;
            _world.ChangeOptions();
            foreach (var job in _stages.Windows.Where(_ => random.Next(4) > 0)) job.Move();
        }
        if (weather.Strikes(weather.Zombie))
        {
            _history.Zombies++;
            _jobs[random.Next(_jobs.Count - _sinks.All.Count)].Start();
        }
    }

    /// <summary>Every partition hears of it at a time of its own; who works on it ends in order, or is killed.</summary>
    private void ChangeWindows()
    {
        var scheduler = _world.Scheduler;
        foreach (var (partition, job) in _stages.Windows.Index())
        {
            var isKilled = scheduler.Chance(0.3);
            scheduler.After(scheduler.UpTo(3000), () =>
            {
                scheduler.Trace.Tell?.Invoke($"the windows are changed for {job.Name}");
                _world.Windows.Begun.Add(partition, long.MinValue);
                if (isKilled) job.Replace();
                else job.Move();
            });
        }
    }

    /// <summary>All nodes promise, of somebody else's hand, what lies beyond the end of every window.</summary>
    private void CloseWindows()
    {
        var batch = new RecordBatch();
        foreach (var node in _world.Nodes)
            batch.AddTick(_world.Topics.Observations, _world.Partitions, new Tick(node, _world.Scheduler.Time.UnixMilliseconds() + World.MaxFuture - 5000));
        _world.Log.Keep(batch);
    }
}
