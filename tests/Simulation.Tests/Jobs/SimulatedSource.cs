using System.Reactive.Linq;
using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// What a node sees: every value is a number of its own, so that it is known again in the log. Some come later than promised, some twice,
/// some from the future. Half of the sources number what they see, and send some of it again later.
/// </summary>
internal sealed class SimulatedSource(Scheduler scheduler, SourceBooks books, string node, TimeProvider clock)
{
    private static readonly string[] Regions = ["eu", "us"];

    private readonly int _interval = scheduler.Random.Next(60, 400);
    private readonly int _delay = scheduler.Random.Next(1500);
    private readonly double _tardy = scheduler.Random.Next(2) * 0.1, _future = scheduler.Random.Next(3) / 2 * 0.02, _twice = scheduler.Random.Next(2) * 0.05;
    private readonly bool _isNumbered = scheduler.Random.Next(2) == 0;
    private readonly List<Observation> _sent = [];

    /// <summary>Its timers belong to the process that subscribes, and end with it.</summary>
    public Source Source => new("load", OverflowPolicy.DropNewest, Observable.Create<Emission>(observer =>
    {
        var process = SynchronizationContext.Current!;
        var start = clock.UnixMilliseconds();
        return clock.CreateTimer(_ => process.Post(_ => observer.OnNext(Next(start)), null), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(_interval));
    }));

    private Emission Next(long start)
    {
        var promise = Math.Max(start, clock.UnixMilliseconds() - _delay);
        var observations = new List<Observation>();
        for (var i = scheduler.Random.Next(1, 4); i > 0; i--) observations.Add(Observe(promise));
        if (scheduler.Chance(_twice)) observations.Add(observations[0]);
        if (_isNumbered) SendAgain(observations);
        foreach (var observation in observations) books.Emitted(observation);
        return new Emission(observations, promise);
    }

    private void SendAgain(List<Observation> observations)
    {
        _sent.AddRange(observations);
        if (scheduler.Chance(0.1)) observations.Add(books.Again(_sent[scheduler.Random.Next(_sent.Count)]));
    }

    private Observation Observe(long promise)
    {
        var random = scheduler.Random;
        var isTardy = scheduler.Chance(_tardy);
        var time = isTardy ? promise - random.Next(6000)
            : scheduler.Chance(_future) ? clock.UnixMilliseconds() + World.MaxFuture + random.Next(5000, 100_000)
            : promise + random.NextInt64(clock.UnixMilliseconds() - promise + 1);
        var (host, value) = (random.Next(5), books.NextValue(isTardy));
        return new Observation
        {
            Kind = "load", Time = time, Source = node, Key = $"h{host}",
            Labels = LabelSet.Of(("host", $"h{host}"), ("region", Regions[random.Next(4) / 3])),
            Values = [new Measurement("value", value)], Sequence = _isNumbered ? (long)value : null,
        };
    }
}
