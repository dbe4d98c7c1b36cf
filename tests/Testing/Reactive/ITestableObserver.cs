using System.Reactive;

namespace Microsoft.Reactive.Testing;

/// <summary>An observer that records what it is sent, with the virtual time.</summary>
public interface ITestableObserver<T> : IObserver<T>
{
    IList<Recorded<Notification<T>>> Messages { get; }
}
