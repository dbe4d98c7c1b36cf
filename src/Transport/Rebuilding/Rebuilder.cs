using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Transport.Rebuilding;

/// <summary>
/// Computes the final ends of a window again from the log, by the stages' own flows, and publishes where its results are not the same. What it
/// publishes is told by comparison alone, so that it has no progress: after a kill it is run again, and when all is the same it publishes
/// nothing. Who begins a rebuild of a window ends any other of that window.
/// </summary>
public sealed class Rebuilder(ILog log, Topics topics, RebuiltWindow window, StageLimits limits)
{
    private readonly LogReach _reach = new(log, topics, window);
    private EndRange _all;
    private long _whole, _records;

    /// <summary>How many published results are compared in one pass, unless one end has more. Beyond, the ends are done in several passes.</summary>
    public int MaxHeld { get; init; } = 500_000;

    /// <summary>Told after every slice how far it is.</summary>
    public Action<RebuildProgress> Moved { get; init; } = _ => { };

    /// <exception cref="FencedException">Another rebuild of this window was begun.</exception>
    /// <exception cref="LogUnavailableException">The log took no more; running again goes on where this left off.</exception>
    public async Task<RebuildSummary> RunAsync(RebuildRequest request, CancellationToken abort)
    {
        var writer = request.IsDry ? null : await log.OpenAsync($"rebuild-{window.Name}", abort); // before it looks: no other writes then
        var final = await _reach.FinalAsync(abort);
        if (final.Last is not { } last) return new RebuildSummary { Last = -1, Nothing = final.Why };
        if (await _reach.WholeFromAsync(abort) is not { } whole) return new RebuildSummary { Last = -1, Nothing = $"Nothing is left in {topics.Observations}." };
        var wanted = request.From + 1 ?? window.FirstEnd(whole);
        (_whole, _all) = (whole, new EndRange(Math.Max(wanted, window.FirstEnd(Math.Max(whole, window.NeededFor(wanted)))), last));
        if (_all.IsEmpty) return new RebuildSummary { First = _all.First, Last = _all.Last, Nothing = Nothing(_all) };
        var sum = await PassAsync(_all, wanted, writer, abort);
        while (sum.Last < last) sum = sum.Plus(await PassAsync(_all with { First = sum.Last + 1 }, sum.Last + 1, writer, abort));
        return sum with { IsFromTheBeginning = request.From is null && whole == 0 };
    }

    private static string Nothing(EndRange ends) =>
        $"No end is both whole and final: the first that is whole in the log is {UnixTime.ToRfc3339(ends.First)}, the last that is final {UnixTime.ToRfc3339(ends.Last)}.";

    /// <summary>Compares as many of the ends as there is room for.</summary>
    /// <param name="wanted">Published results from this end on are counted.</param>
    private async Task<RebuildSummary> PassAsync(EndRange ends, long wanted, ILogWriter? writer, CancellationToken abort)
    {
        using var reader = new ResultReader(window.Name);
        var published = await PublishedAsync(ends, wanted, reader, abort);
        var unreadable = reader.Unreadable;
        var results = new RebuildWriter(writer, published, limits);
        await ComputeAsync(published.Ends, results, reader, abort);
        var gone = published.KeepMissed();
        if (published.Count > 0)
            await foreach (var slice in _reach.ResultsAsync(ends.First, abort)) await results.TakeBackAsync(slice, reader, abort);
        await results.FlushAsync(abort);
        return results.Summary(gone, unreadable);
    }

    private async Task<PublishedResults> PublishedAsync(EndRange ends, long wanted, ResultReader reader, CancellationToken abort)
    {
        var published = new PublishedResults(ends, MaxHeld);
        await foreach (var slice in _reach.ResultsAsync(wanted, abort))
        {
            for (var i = 0; i < slice.Count; i++)
                if (reader.Read(slice[i].Value) is { } text && text.End >= wanted) published.Add(text);
        }
        return published;
    }

    private async Task ComputeAsync(EndRange ends, RebuildWriter results, ResultReader reader, CancellationToken abort)
    {
        var computed = new ComputedEnds(topics.Windows, ends, reader);
        var whole = Math.Max(_whole, window.NeededFor(ends.First));
        var (turns, from) = await _reach.ReadAsync(topics.Observations, whole, abort);
        await using var reading = turns;
        if (await _reach.WholeFromAsync(abort) is not { } left || left > whole) throw new LogUnavailableException("Retention has deleted records that were still to be read. Run it again; it then begins later.");
        using var run = new BranchRun(new ReplayBranch(window.Flows, computed), [.. from.Select((offset, p) => window.Beginning(p, offset, whole))]);
        for (var through = long.MinValue; through < ends.Last;)
        {
            var slice = await turns.NextAsync(abort) ?? throw new InvalidOperationException($"The log does not come to {UnixTime.ToRfc3339(ends.Last)}, which the stages have.");
            run.Push(slice.Partition.Partition, slice);
            if (slice.Count > 0) run.PushBetween(slice[^1].Time);
            _records += slice.Count;
            through = Math.Min(ends.Last, run.Reached == long.MinValue ? long.MinValue : run.Reached - window.Definition.Lateness);
            while (computed.Take(through) is { } end) await results.PublishAsync(end, abort);
            var at = Math.Max(through, ends.First - 1);
            Moved(new RebuildProgress(_records, at, (double)(at - _all.First + 1) / (_all.Last - _all.First + 1)));
        }
    }
}
