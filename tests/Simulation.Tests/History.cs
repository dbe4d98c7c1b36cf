namespace Pipeline.Simulation.Tests;

/// <summary>What has happened in a history; for several, added up.</summary>
internal sealed class History
{
    public ulong Hash { get; private set; }
    public long Steps { get; private set; }
    public long Crashes { get; set; }
    public long Zombies { get; set; }
    public long Moves { get; set; }
    public long Changes { get; private set; }
    public long Settings { get; set; }
    public long Fenced { get; private set; }
    public long Refused { get; private set; }
    public long Unknown { get; private set; }
    public long Observations { get; private set; }
    public long Results { get; private set; }
    public long Late { get; private set; }
    public long Unreadable { get; private set; }

    public void Take(World world, int steps)
    {
        (Hash, Steps, Changes) = (world.Scheduler.Trace.Hash, steps, world.Windows.WillChange ? 1 : 0);
        (Fenced, Refused, Unknown) = (world.Log.Counts.Fenced, world.Log.Counts.Refused, world.Log.Counts.Unknown);
        Observations = Count(world, world.Topics.Observations);
        Results = Count(world, world.Topics.Windows);
        Late = Count(world, world.Topics.Late);
        Unreadable = Count(world, world.Topics.DeadLetter);
    }

    public void Add(History other)
    {
        (Steps, Changes) = (Steps + other.Steps, Changes + other.Changes);
        (Crashes, Zombies, Moves, Settings) = (Crashes + other.Crashes, Zombies + other.Zombies, Moves + other.Moves, Settings + other.Settings);
        (Fenced, Refused, Unknown) = (Fenced + other.Fenced, Refused + other.Refused, Unknown + other.Unknown);
        (Observations, Results) = (Observations + other.Observations, Results + other.Results);
        (Late, Unreadable) = (Late + other.Late, Unreadable + other.Unreadable);
    }

    public override string ToString() =>
        $"{Steps} steps, {Crashes} crashes, {Zombies} zombies, {Moves} moves, {Changes} changes of windows, {Settings} of settings; appends: {Fenced} fenced, {Refused} refused, {Unknown} unknown; "
        + $"{Observations} observations and ticks, {Results} results, {Late} late, {Unreadable} dead letters";

    private static long Count(World world, string topic) => world.Log[topic].Sum(p => p.Records.Count);
}
