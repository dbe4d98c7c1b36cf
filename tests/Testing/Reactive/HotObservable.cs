using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Microsoft.Reactive.Testing;

/// <summary>Sends its script at absolute times, whoever listens.</summary>
internal sealed class HotObservable<T> : ITestableObservable<T>
{
    private readonly TestScheduler _scheduler;
    private readonly List<IObserver<T>> _observers = [];

    public HotObservable(TestScheduler scheduler, Recorded<Notification<T>>[] messages)
    {
        _scheduler = scheduler;
        Messages = messages;
        foreach (var (time, notification) in messages)
            scheduler.ScheduleAbsolute(time, () =>
            {
                foreach (var observer in _observers.ToArray()) notification.Accept(observer);
            });
    }

    public IList<Subscription> Subscriptions { get; } = [];
    public IList<Recorded<Notification<T>>> Messages { get; }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        _observers.Add(observer);
        var index = Subscriptions.Count;
        Subscriptions.Add(new Subscription(_scheduler.Clock));
        return Disposable.Create(() =>
        {
            _observers.Remove(observer);
            Subscriptions[index] = Subscriptions[index] with { Unsubscribe = _scheduler.Clock };
        });
    }
}
