using System.Reactive;

namespace Microsoft.Reactive.Testing;

/// <summary>An observable with a fixed script that records its subscriptions.</summary>
public interface ITestableObservable<T> : IObservable<T>
{
    IList<Subscription> Subscriptions { get; }
    IList<Recorded<Notification<T>>> Messages { get; }
}
