using System.Collections.Concurrent;
using System.Reactive.Linq;
using Pipeline.Contracts;
using Pipeline.Ingest.Probes;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>The loop on virtual time, with probes that end when the test says so.</summary>
public class ProbeLoopTests
{
    private static readonly ProbeResult Success = new() { Outcome = ProbeOutcome.Success, Elapsed = TimeSpan.FromMilliseconds(5) };

    private readonly TestTimeProvider _time = new();
    private readonly CollectingDrops _drops = new();
    private readonly ConcurrentQueue<TaskCompletionSource<ProbeResult>> _probes = new();

    [Fact]
    public async Task Probe_starts_at_its_instant_and_is_emitted_when_it_ends()
    {
        var target = Probe.Target(interval: 10);
        var intended = new ProbeSchedule([target], 1, _time.GetUtcNow()).Next!.Value.ToUnixTimeMilliseconds();
        using var emissions = Subscribe(1, target);
        while (_time.UnixMilliseconds() < intended - 1) await Advance(TimeSpan.FromMilliseconds(Math.Min(500, intended - 1 - _time.UnixMilliseconds())));
        Assert.Empty(_probes);
        await Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.Holds("the probe has started", () => _probes.Count == 1);
        await Advance(TimeSpan.FromSeconds(2));
        await Eventually.Holds("the promise waits for the probe", () => emissions[^1].Promise == intended);
        _probes.First().SetResult(Success);
        await Eventually.Holds("it is emitted", () => emissions[^1].Observations.Count == 1);
        Assert.Equal(intended, emissions[^1].Observations[0].Time);
        Assert.Equal(_time.UnixMilliseconds(), emissions[^1].Promise);
    }

    [Fact]
    public async Task Promise_moves_on_once_a_second_without_any_probe()
    {
        using var emissions = Subscribe(1);
        for (var i = 1; i <= 5; i++)
        {
            await Eventually.Holds("an emission", () => emissions.Count == i);
            Assert.Equal(_time.UnixMilliseconds(), emissions[^1].Promise);
            await Advance(TimeSpan.FromSeconds(1));
        }
        Assert.All(emissions, e => Assert.Empty(e.Observations));
    }

    [Fact]
    public async Task Instants_behind_a_probe_without_end_are_reported_as_missed()
    {
        using var emissions = Subscribe(1, Probe.Target());
        await AdvanceUntilStarted(1);
        while (Missed(emissions).Count < 4) await Advance(TimeSpan.FromSeconds(0.5));
        var times = Missed(emissions).Select(o => o.Time).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(1000, pair.Second - pair.First));
        Assert.Equal(emissions[^1].Promise, times[0] - 1000);
        Assert.Single(_probes);
        Assert.Equal(0, _drops.Total);
    }

    [Fact]
    public async Task Instants_of_a_long_pause_are_missed_or_counted_but_never_gone()
    {
        var target = Probe.Target();
        var first = new ProbeSchedule([target], 1, _time.GetUtcNow()).Next!.Value;
        using var emissions = Subscribe(10, target);
        await AdvanceUntilStarted(1);
        await Advance(TimeSpan.FromSeconds(1000));
        await Eventually.Holds("the last missed instants are reported", () => Missed(emissions).Count >= ProbeSchedule.MaxMissed);
        var instants = 1 + ((_time.GetUtcNow() - first).Ticks / target.Interval.Ticks);
        await Eventually.Holds("the latest instant is probed", () => _probes.Count + Missed(emissions).Count + _drops.Total == instants);
        Assert.InRange(_drops[DropReason.Overflow], 900, 1000 - ProbeSchedule.MaxMissed);
    }

    [Fact]
    public async Task Jump_of_the_clock_ends_the_source_with_an_error()
    {
        using var emissions = Subscribe(1, Probe.Target());
        await AdvanceUntilStarted(1);
        _time.Jump(TimeSpan.FromHours(-1));
        await Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds("the error arrives", () => emissions.Error is ClockJumpedException);
        Assert.True(_probes.First().Task.IsCanceled);
    }

    [Fact]
    public async Task Bug_in_a_probe_ends_the_source_with_its_error()
    {
        using var emissions = Subscribe(2, Probe.Target("a"), Probe.Target("b"));
        await AdvanceUntilStarted(2);
        _probes.First().SetException(new InvalidOperationException("bug"));
        await Eventually.Holds("the error arrives", () => emissions.Error is InvalidOperationException { Message: "bug" });
        Assert.True(_probes.Last().Task.IsCanceled);
    }

    [Fact]
    public async Task Disposal_cancels_what_runs_and_leaves_no_timer()
    {
        var emissions = Subscribe(3, Probe.Target("a"), Probe.Target("b"), Probe.Target("c"));
        await AdvanceUntilStarted(3);
        emissions.Dispose();
        await Eventually.Holds("all is cancelled", () => _probes.All(p => p.Task.IsCanceled) && _time.Waiting == 0);
    }

    [Fact]
    public async Task No_more_probes_run_at_once_than_may()
    {
        using var emissions = Subscribe(2, Probe.Target("a"), Probe.Target("b"), Probe.Target("c"));
        await AdvanceUntilStarted(2);
        while (Missed(emissions).Count == 0) await Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(2, _probes.Count);
        _probes.First().SetResult(Success);
        await AdvanceUntilStarted(3);
    }

    private LiveList<Emission> Subscribe(int maxConcurrent, params ProbeTarget[] targets) =>
        new(Observable.Create<Emission>((observer, abort) =>
            new ProbeLoop(new ProbeSchedule(targets, maxConcurrent, _time.GetUtcNow()), Run, _time, "node", _drops).Run(observer, abort)));

    private Task<ProbeResult> Run(ProbeTarget target, CancellationToken abort)
    {
        var probe = new TaskCompletionSource<ProbeResult>();
        abort.Register(() => probe.TrySetCanceled(abort));
        _probes.Enqueue(probe);
        return probe.Task;
    }

    private static List<Observation> Missed(IEnumerable<Emission> emissions) =>
        [.. emissions.SelectMany(e => e.Observations).Where(o => o.Attributes["outcome"] == "skipped")];

    private async Task AdvanceUntilStarted(int probes)
    {
        for (var i = 0; _probes.Count < probes && i < 200; i++) await Advance(TimeSpan.FromMilliseconds(100));
        await Eventually.Holds("the probes have started", () => _probes.Count == probes);
    }

    /// <summary>Moves on once the loop has come to rest, which it has when its timer is set.</summary>
    private async Task Advance(TimeSpan by)
    {
        await Eventually.Holds("the loop waits", () => _time.Waiting == 1);
        _time.Advance(by);
    }
}
