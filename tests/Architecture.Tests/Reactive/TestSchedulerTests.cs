using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;

namespace Pipeline.Architecture.Tests.Reactive;

/// <summary>What we rely on in the test scheduler, be it the package's or the one that stands in for it.</summary>
public class TestSchedulerTests : ReactiveTest
{
    private readonly TestScheduler _scheduler = new();

    [Fact]
    public void A_hot_observable_sends_at_absolute_times_to_whoever_listens()
    {
        var source = _scheduler.CreateHotObservable(OnNext(150, 1), OnNext(250, 2), OnNext(900, 3), OnNext(1100, 4));

        var seen = _scheduler.Start(() => source);

        Assert.Equal([OnNext(250, 2), OnNext(900, 3)], seen.Messages);
        Assert.Equal([Subscribe(Subscribed, Disposed)], source.Subscriptions);
        Assert.Equal(4, source.Messages.Count);
    }

    [Fact]
    public void A_cold_observable_counts_from_its_subscription()
    {
        var source = _scheduler.CreateColdObservable(OnNext(10, "a"), OnCompleted<string>(20));

        var seen = _scheduler.Start(() => source.Select(text => text), created: 1, subscribed: 5, disposed: 100);

        Assert.Equal([OnNext(15, "a"), OnCompleted<string>(25)], seen.Messages);
        Assert.Equal([Subscribe(5, 25)], source.Subscriptions);
    }

    [Fact]
    public void An_error_is_recorded_with_its_time()
    {
        var error = new InvalidOperationException();

        var seen = _scheduler.Start(() => _scheduler.CreateColdObservable(OnError<int>(10, error)));

        Assert.Equal([OnError<int>(Subscribed + 10, error)], seen.Messages);
    }

    [Fact]
    public void Time_moves_only_when_told_to()
    {
        var seen = _scheduler.CreateObserver<long>();
        using var subscription = Observable.Interval(TimeSpan.FromTicks(10), _scheduler).Subscribe(seen);

        _scheduler.AdvanceBy(25);
        Assert.Equal([OnNext(10, 0L), OnNext(20, 1L)], seen.Messages);

        _scheduler.AdvanceTo(30);
        Assert.Equal((30, 3), (_scheduler.Clock, seen.Messages.Count));
    }

    [Fact]
    public void What_is_due_at_once_runs_one_tick_later()
    {
        var ranAt = 0L;
        _scheduler.AdvanceTo(7);
        _scheduler.Schedule(() => ranAt = _scheduler.Clock);

        _scheduler.Start();

        Assert.Equal(8, ranAt);
    }

    [Fact]
    public void Work_of_one_instant_runs_in_the_order_it_was_scheduled()
    {
        var order = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            _scheduler.ScheduleAbsolute(50, () => order.Add(number));
        }

        _scheduler.Start();

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public void A_disposed_item_does_not_run()
    {
        var ran = false;
        _scheduler.ScheduleAbsolute(50, () => ran = true).Dispose();

        _scheduler.Start();

        Assert.False(ran);
    }

    [Fact]
    public void Records_and_subscriptions_are_equal_by_content()
    {
        Assert.Equal(OnNext(1, "a"), OnNext(1, "a"));
        Assert.NotEqual(OnNext(1, "a"), OnNext(2, "a"));
        Assert.NotEqual(Subscribe(1), Subscribe(1, 2));
        Assert.Equal(Subscription.Infinite, Subscribe(1).Unsubscribe);
    }
}
