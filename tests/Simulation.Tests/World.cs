using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>What everybody in one history shares, drawn from its seed.</summary>
internal sealed class World
{
    /// <summary>Milliseconds; less than any observation from the future is ahead.</summary>
    public const int MaxFuture = 30_000;

    public World(int seed, PlantedFault fault)
    {
        (Scheduler, Fault) = (new Scheduler(seed), fault);
        var random = Scheduler.Random;
        Weather = new Weather(Scheduler);
        Partitions = random.Next(1, 4);
        Nodes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => $"node-{n}")];
        Options = new ProcessingOptions { MaxFuture = TimeSpan.FromMilliseconds(MaxFuture), QuietAfter = TimeSpan.FromSeconds(random.Next(2, 15)), MaxSeries = 1000 };
        Windows = new SimulatedWindows(random);
        Log = new SimulatedLog(Scheduler, Weather, Partitions, [Topics.Observations, Topics.Partials, Topics.Windows, Topics.Late, Topics.DeadLetter, Topics.Progress]);
    }

    public Scheduler Scheduler { get; }
    public Weather Weather { get; }
    public PlantedFault Fault { get; }
    public Topics Topics { get; } = new();
    public int Partitions { get; }
    public IReadOnlyList<string> Nodes { get; }
    public ProcessingOptions Options { get; }
    public SimulatedWindows Windows { get; }
    public SimulatedLog Log { get; }

    /// <summary>Of all processes, dead ones too.</summary>
    public List<Ledger> Ledgers { get; } = [];

    public Ledger OpenLedger()
    {
        Ledgers.Add(new Ledger());
        return Ledgers[^1];
    }

    /// <param name="work">What there is to do in a partition, until the token is cancelled.</param>
    public IReadOnlyList<Job> JobsOf(string name, Func<ILog, int, CancellationToken, Task> work) => [.. Enumerable.Range(0, Partitions).Select(
        p => new Job($"{name}-{p}", Scheduler, stop => work(Fault.Log(name, Log), p, stop)))];
}
