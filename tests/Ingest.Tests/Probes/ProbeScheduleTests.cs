using FsCheck;
using FsCheck.Fluent;
using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Instants_do_not_drift_over_a_million_intervals()
    {
        var target = Probe.Target(interval: 0.7);
        var schedule = new ProbeSchedule([target], 1, Start);
        var first = schedule.Next!.Value;
        var last = first;
        for (var k = 0; k <= 1_000_000; k++)
        {
            var instant = schedule.Take(schedule.Next!.Value + TimeSpan.FromMilliseconds(3))!;
            schedule.End(instant);
            last = instant.Intended;
        }
        Assert.Equal(TimeSpan.FromSeconds(700_000), last - first);
    }

    [Fact]
    public void Targets_are_spread_over_the_interval()
    {
        var phases = Enumerable.Range(0, 500).Select(i => Probe.Target($"target-{i}").Phase.TotalSeconds);
        var perTenth = phases.GroupBy(p => (int)(p * 10)).Select(g => g.Count()).ToList();
        Assert.Equal(10, perTenth.Count);
        Assert.All(perTenth, count => Assert.InRange(count, 25, 80));
    }

    [Fact]
    public void Instants_are_the_same_after_a_restart()
    {
        var target = Probe.Target(interval: 10);
        var before = new ProbeSchedule([target], 1, Start);
        var after = new ProbeSchedule([target], 1, Start + TimeSpan.FromSeconds(7));
        var gap = after.Next!.Value - before.Next!.Value;
        Assert.True(gap == TimeSpan.Zero || gap == target.Interval, $"{gap}");
        Assert.True(after.Next >= Start + TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Vantages_meet_a_target_at_different_instants()
    {
        var options = Probe.Options("http://127.0.0.1/");
        Assert.NotEqual(ProbeTarget.Of(options, "lisbon").Phase, ProbeTarget.Of(options, "tokyo").Phase);
    }

    [Fact]
    public void Slow_probe_does_not_push_the_next_one_back()
    {
        var schedule = new ProbeSchedule([Probe.Target()], 2, Start);
        var first = schedule.Take(schedule.Next!.Value)!;
        var second = schedule.Take(schedule.Next!.Value)!;
        Assert.Equal((2, false), (schedule.Running, second.Missed));
        Assert.Equal(first.Intended.AddSeconds(1), second.Intended);
    }

    [Fact]
    public void Instant_without_room_is_taken_late_until_the_next_one_has_come()
    {
        var schedule = new ProbeSchedule([Probe.Target()], 1, Start);
        var first = schedule.Take(schedule.Next!.Value)!;
        var second = first.Intended.AddSeconds(1);
        Assert.Null(schedule.Next);
        Assert.Null(schedule.Take(second.AddSeconds(0.9)));
        schedule.End(first);
        var late = schedule.Take(second.AddSeconds(0.9))!;
        Assert.Equal((second, false), (late.Intended, late.Missed));
        Assert.Null(schedule.Take(second.AddSeconds(1.9)));
        var missed = schedule.Take(second.AddSeconds(2))!;
        Assert.Equal((second.AddSeconds(1), true), (missed.Intended, missed.Missed));
    }

    [Fact]
    public void Of_a_long_pause_the_last_instants_are_reported_and_the_others_counted()
    {
        var schedule = new ProbeSchedule([Probe.Target()], 1, Start);
        var now = schedule.Next!.Value.AddHours(1);
        var taken = TakeAll(schedule, now);
        Assert.Equal(ProbeSchedule.MaxMissed, taken.Count(i => i.Missed));
        Assert.Equal(3600 - ProbeSchedule.MaxMissed, taken.Sum(i => i.Omitted));
        Assert.Equal((now, false), (taken[^1].Intended, taken[^1].Missed));
    }

    [Fact]
    public void Promise_is_the_oldest_open_instant_and_never_ahead_of_now()
    {
        var schedule = new ProbeSchedule([Probe.Target(interval: 60)], 1, Start);
        var first = schedule.Next!.Value;
        Assert.Equal(Start, schedule.Promise(Start));
        Assert.Equal(first, schedule.Promise(first.AddSeconds(1)));
        var instant = schedule.Take(first)!;
        Assert.Equal(first, schedule.Promise(first.AddSeconds(5)));
        schedule.End(instant);
        Assert.Equal(first.AddSeconds(5), schedule.Promise(first.AddSeconds(5)));
    }

    [Fact]
    public void Without_targets_the_promise_is_now() =>
        Assert.Equal(Start, new ProbeSchedule([], 1, Start).Promise(Start));

    /// <summary>Under any load: each instant of each target comes once and in order, none is older than a promise, and no more run than may.</summary>
    [Fact]
    public void Every_instant_is_accounted_for_and_every_promise_kept() =>
        Prop.ForAll<PositiveInt, NonEmptyArray<byte>>(static (places, steps) => Hold(1 + (places.Get % 4), steps.Get)).QuickCheckThrowOnFailure();

    private static void Hold(int places, byte[] steps)
    {
        ProbeTarget[] targets = [Probe.Target("a", 0.1), Probe.Target("b", 0.3), Probe.Target("c", 2.5)];
        var schedule = new ProbeSchedule(targets, places, Start);
        var (now, promise, running) = (Start, DateTimeOffset.MinValue, new Queue<ProbeInstant>());
        var expected = new DateTimeOffset?[targets.Length];
        foreach (var step in steps)
        {
            now += TimeSpan.FromMilliseconds(step * step % 7000);
            for (var i = 0; i < step % 3 && running.Count > 0; i++)
            {
                var ended = running.Dequeue();
                Assert.True(ended.Intended >= promise);
                schedule.End(ended);
            }
            foreach (var instant in TakeAll(schedule, now))
            {
                Assert.True(instant.Intended >= promise && instant.Intended <= now);
                var next = instant.Intended - (instant.Target.Interval * instant.Omitted);
                Assert.Equal(expected[instant.Index] ?? next, next);
                expected[instant.Index] = instant.Intended + instant.Target.Interval;
                if (!instant.Missed) running.Enqueue(instant);
            }
            Assert.InRange(running.Count, 0, places);
            Assert.True(schedule.Promise(now) >= promise);
            promise = schedule.Promise(now);
        }
    }

    private static List<ProbeInstant> TakeAll(ProbeSchedule schedule, DateTimeOffset now)
    {
        var taken = new List<ProbeInstant>();
        while (schedule.Take(now) is { } instant) taken.Add(instant);
        return taken;
    }
}
