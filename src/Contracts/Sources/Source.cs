namespace Pipeline.Contracts;

/// <summary>
/// A source of observations. Subscribing starts its loop, disposing the subscription ends it. It emits at least once in its interval,
/// even if only a promise; an error ends it, and the node subscribes again after a pause.
/// </summary>
/// <param name="Overflow">What happens to an emission when the node's queue is full.</param>
public sealed record Source(string Name, OverflowPolicy Overflow, IObservable<Emission> Emissions);

/// <summary>What a full queue does with one more.</summary>
public enum OverflowPolicy
{
    /// <summary>The newest is dropped and counted.</summary>
    DropNewest,

    /// <summary>The source is made to wait.</summary>
    Wait,
}
