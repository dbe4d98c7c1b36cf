using Pipeline.Contracts;

namespace Pipeline.Transport;

/// <summary>What a rewind point is worth when retention has deleted records that it needs.</summary>
internal static class RewindReach
{
    /// <summary>
    /// The progress as it is, where the log still reaches back to its rewind point. Where it does not, the open windows cannot be made whole
    /// any more: as with windows that were added to the configuration, publishing begins with the first that starts after everything
    /// that was seen, and after the log took the first record that is left.
    /// </summary>
    public static async Task<Progress> LimitAsync(ILog log, TopicPartition input, Progress progress, CancellationToken abort)
    {
        var state = (await log.DescribeAsync(abort)).First(t => t.Name == input.Topic).Partitions[input.Partition];
        if (state.First <= progress.RewindTo) return progress;
        var left = state.First < state.End ? await log.FirstFromAsync(input, state.First, state.End, abort) : null;
        var seen = Math.Max(progress.MaxTime, left?.Time ?? long.MinValue);
        return progress with { MaxTime = seen, Since = new Dictionary<string, long>() };
    }
}
