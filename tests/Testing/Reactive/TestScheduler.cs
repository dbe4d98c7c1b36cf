using System.Reactive;
using System.Reactive.Concurrency;

namespace Microsoft.Reactive.Testing;

/// <summary>A scheduler whose clock counts ticks and moves when told to. Stands in for the package of this name where the feed lacks it.</summary>
public class TestScheduler : VirtualTimeScheduler<long, long>
{
    /// <summary>What is due now or earlier runs one tick later, so that time moves between cause and effect.</summary>
    public override IDisposable ScheduleAbsolute<TState>(TState state, long dueTime, Func<IScheduler, TState, IDisposable> action) =>
        base.ScheduleAbsolute(state, Math.Max(dueTime, Clock + 1), action);

    public ITestableObservable<T> CreateHotObservable<T>(params Recorded<Notification<T>>[] messages) => new HotObservable<T>(this, messages);
    public ITestableObservable<T> CreateColdObservable<T>(params Recorded<Notification<T>>[] messages) => new ColdObservable<T>(this, messages);
    public ITestableObserver<T> CreateObserver<T>() => new TestObserver<T>(this);

    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create) => Start(create, ReactiveTest.Disposed);

    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create, long disposed) =>
        Start(create, ReactiveTest.Created, ReactiveTest.Subscribed, disposed);

    /// <summary>Runs the whole life of one subscription, each step at its own time.</summary>
    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create, long created, long subscribed, long disposed)
    {
        IObservable<T>? source = null;
        IDisposable? subscription = null;
        var observer = CreateObserver<T>();
        this.ScheduleAbsolute(created, () => source = create());
        this.ScheduleAbsolute(subscribed, () => subscription = source!.Subscribe(observer));
        this.ScheduleAbsolute(disposed, () => subscription!.Dispose());
        Start();
        return observer;
    }

    protected override long Add(long absolute, long relative) => absolute + relative;
    protected override DateTimeOffset ToDateTimeOffset(long absolute) => new(absolute, TimeSpan.Zero);
    protected override long ToRelative(TimeSpan timeSpan) => timeSpan.Ticks;
}
