namespace Microsoft.Reactive.Testing;

/// <summary>When a subscription began and ended, in virtual time.</summary>
public readonly record struct Subscription(long Subscribe, long Unsubscribe)
{
    public const long Infinite = long.MaxValue;

    public Subscription(long subscribe) : this(subscribe, Infinite) { }

    public override string ToString() => Unsubscribe == Infinite ? $"({Subscribe}, Infinite)" : $"({Subscribe}, {Unsubscribe})";
}
