using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>What a progress is worth when retention has deleted records that it needs, or when the windows have been changed.</summary>
internal static class RewindReach
{
    /// <summary>The offset of the first record that a stage needs.</summary>
    public static long From(Progress? progress) =>
        progress is null ? 0 : Math.Min(progress.RewindTo, progress.Rebuilds?.Values.Select(r => r.From).DefaultIfEmpty(long.MaxValue).Min() ?? long.MaxValue);

    /// <summary>
    /// The progress as it is, where the log still reaches back to what it needs. Where it does not, the open windows cannot be made whole any
    /// more: publishing begins with the first that starts after everything that was seen, and after the log took the first record that is left.
    /// </summary>
    public static async Task<Progress> LeftOfAsync(ILog log, TopicPartition input, Progress progress, CancellationToken abort)
    {
        var state = await log.StateAsync(input, abort);
        if (state.First <= From(progress)) return progress;
        var lost = progress.Since.Keys.ToHashSet();
        if (state.First <= progress.RewindTo) lost = [.. progress.Rebuilds!.Where(r => r.Value.From < state.First).Select(r => r.Key)];
        var left = state.First < state.End ? await log.FirstFromAsync(input, state.First, state.End, abort) : null;
        var seen = Math.Max(progress.MaxTime, left?.Time ?? long.MinValue);
        return progress with
        {
            MaxTime = seen, ChangedAfter = progress.PublishedThrough,
            Since = progress.Since.ToDictionary(s => s.Key, s => lost.Contains(s.Key) ? Math.Max(s.Value, seen + 1) : s.Value),
            Rebuilds = progress.Rebuilds?.Where(r => !lost.Contains(r.Key)).ToDictionary(),
            Named = progress.Named?.ToDictionary(n => n.Key, n => n.Value with
            {
                Nodes = n.Value.Nodes.ToDictionary(node => node.Key, node => node.Value with { Since = Math.Max(node.Value.Since, seen + 1) }),
            }),
        };
    }

    /// <summary>The progress to begin from with other windows: those that were added read again what they need, or what is left of it.</summary>
    public static async Task<Progress> ChangedAsync(ILog log, TopicPartition input, FlowChange change, CancellationToken abort)
    {
        if (change.NeedsFrom is not { } needed || change.Kept.Reached is null) return change.NotRebuilt();
        var state = await log.StateAsync(input, abort);
        var from = await log.OffsetAtAsync(input, state, needed, abort);
        var left = from == state.First && from > 0 ? await log.FirstFromAsync(input, from, state.End, abort) : null;
        return change.Rebuilt(from, left?.Time);
    }
}
