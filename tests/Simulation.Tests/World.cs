using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>What everybody in one history shares, drawn from its seed.</summary>
internal sealed class World
{
    /// <summary>Milliseconds; less than any observation from the future is ahead.</summary>
    public const int MaxFuture = 30_000;

    private readonly Dictionary<long, long> _quietAfter = [];
    private ProcessingOptions _options;

    public World(int seed, PlantedFault fault)
    {
        (Scheduler, Fault) = (new Scheduler(seed), fault);
        var random = Scheduler.Random;
        Weather = new Weather(Scheduler);
        Partitions = random.Next(1, 4);
        Nodes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => $"node-{n}")];
        _options = new ProcessingOptions { MaxFuture = TimeSpan.FromMilliseconds(MaxFuture), QuietAfter = QuietAfter(), MaxSeries = 1000 };
        Windows = new SimulatedWindows(random);
        Log = new SimulatedLog(Scheduler, Weather, Partitions, [Topics.Observations, Topics.Partials, Topics.Windows, Topics.Late, Topics.DeadLetter, Topics.Progress]);
    }

    public Scheduler Scheduler { get; }
    public Weather Weather { get; }
    public PlantedFault Fault { get; }
    public Topics Topics { get; } = new();
    public int Partitions { get; }
    public IReadOnlyList<string> Nodes { get; }
    public SimulatedWindows Windows { get; }
    public SimulatedLog Log { get; }

    /// <summary>The settings of a process that starts now.</summary>
    public ProcessingOptions Options()
    {
        var options = Fault.Options(_options);
        _quietAfter[(long)options.QuietAfter.TotalMilliseconds] = (long)_options.QuietAfter.TotalMilliseconds;
        return options;
    }

    /// <summary>Processes that start from now on have other settings.</summary>
    public void ChangeOptions() => _options = _options with { QuietAfter = QuietAfter() };

    /// <summary>What was meant by a setting that a process had.</summary>
    public long MeantBy(InputRules rules) => _quietAfter[rules.QuietAfter];

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

    private TimeSpan QuietAfter() => TimeSpan.FromSeconds(Scheduler.Random.Next(2, 15));
}
