using Pipeline.Contracts;

namespace Pipeline.Transport;

/// <summary>Where a stage begins to read, and what a rewind point is worth when retention has deleted records that it needs.</summary>
/// <param name="From">The first record that is needed and still there, or the end of the input where there is none.</param>
/// <param name="Progress">What to go on from; null for the first start.</param>
internal sealed record RewindReach(long From, Progress? Progress)
{
    /// <summary>
    /// The progress as it is, where the log still reaches back to its rewind point. Where it does not, the open windows cannot be made whole
    /// any more: as with windows that were added to the configuration, publishing begins with the first that starts after everything
    /// that was seen, and after the log took the first record that is left.
    /// </summary>
    public static async Task<RewindReach> OfAsync(ILog log, TopicPartition input, Progress? progress, CancellationToken abort)
    {
        var state = (await log.DescribeAsync(abort)).First(t => t.Name == input.Topic).Partitions[input.Partition];
        var wanted = progress?.RewindTo ?? 0;
        if (progress is null || state.First <= wanted) return new RewindReach(Math.Max(wanted, state.First), progress);
        var left = state.First < state.End ? await log.FirstFromAsync(input, state.First, state.End, abort) : null;
        var seen = Math.Max(progress.MaxTime, left?.Time ?? long.MinValue);
        return new RewindReach(state.First, progress with { MaxTime = seen, Since = new Dictionary<string, long>() });
    }
}
