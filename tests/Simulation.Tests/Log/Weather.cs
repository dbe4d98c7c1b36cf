namespace Pipeline.Simulation.Tests;

/// <summary>How bad this history is, drawn from its seed: most of what can go wrong is left out of it, and the rest goes wrong often.</summary>
internal sealed class Weather
{
    private readonly Scheduler _scheduler;
    private readonly int _maxSlice;
    private readonly double _slow, _refused, _unknown, _gap, _forgetful;

    public Weather(Scheduler scheduler)
    {
        _scheduler = scheduler;
        var random = scheduler.Random;
        _maxSlice = random.Next(3) switch { 0 => 3, 1 => 20, _ => 200 };
        (_slow, _refused, _unknown, _gap, _forgetful) = (Often(0.2), Often(0.05), Often(0.05), Often(0.5), Often(0.5));
        (Crash, Zombie, Move, Outage, Settings) = (Often(0.01), Often(0.004), Often(0.004), Often(0.002), Often(0.004));
    }

    /// <summary>The chance at each step that somebody is killed.</summary>
    public double Crash { get; }

    /// <summary>The chance that a successor begins beside somebody who goes on.</summary>
    public double Zombie { get; }

    /// <summary>The chance that work goes to another process.</summary>
    public double Move { get; }

    /// <summary>The chance that the sink's server goes away.</summary>
    public double Outage { get; }

    /// <summary>The chance that the settings are changed.</summary>
    public double Settings { get; }

    /// <summary>From now on nothing goes wrong any more.</summary>
    public bool IsCalm { get; set; }

    public bool Refuses() => Strikes(_refused);
    public bool LosesAnswer() => Strikes(_unknown);
    public bool LeavesGap() => Strikes(_gap);

    /// <summary>How many appends ago it was that the catalog saw the log.</summary>
    public int AppendsForgotten() => Strikes(_forgetful) ? _scheduler.Random.Next(1, 10) : 0;

    public int SliceRecords() => _scheduler.Random.Next(1, _maxSlice + 1);

    /// <summary>A hand-over to the scheduler, and now and then a wait.</summary>
    public async Task PauseAsync()
    {
        await Task.Yield();
        if (Strikes(_slow)) await Task.Delay(_scheduler.UpTo(1500), _scheduler.Time);
    }

    public bool Strikes(double probability) => !IsCalm && _scheduler.Chance(probability);

    private double Often(double most) => _scheduler.Random.Next(2) == 0 ? 0 : _scheduler.Random.NextDouble() * most;
}
