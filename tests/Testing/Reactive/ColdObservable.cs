using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Microsoft.Reactive.Testing;

/// <summary>Sends its script to each subscriber, at times counted from the subscription.</summary>
internal sealed class ColdObservable<T>(TestScheduler scheduler, Recorded<Notification<T>>[] messages) : ITestableObservable<T>
{
    public IList<Subscription> Subscriptions { get; } = [];
    public IList<Recorded<Notification<T>>> Messages { get; } = messages;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        var index = Subscriptions.Count;
        Subscriptions.Add(new Subscription(scheduler.Clock));
        var pending = new CompositeDisposable();
        foreach (var (time, notification) in messages)
            pending.Add(scheduler.ScheduleRelative(time, () => notification.Accept(observer)));
        pending.Add(Disposable.Create(() => Subscriptions[index] = Subscriptions[index] with { Unsubscribe = scheduler.Clock }));
        return pending;
    }
}
