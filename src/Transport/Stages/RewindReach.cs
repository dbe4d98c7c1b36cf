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
        var seen = Math.Max(progress.MaxTime, await FirstTimeAsync(log, input, state, abort));
        return progress with { MaxTime = seen, Since = new Dictionary<string, long>() };
    }

    private static async Task<long> FirstTimeAsync(ILog log, TopicPartition input, PartitionState state, CancellationToken abort)
    {
        if (state.First == state.End) return long.MinValue;
        await foreach (var slice in log.ReadAsync(input, state.First, abort))
            if (slice.Count > 0) return slice[0].Time;
        return long.MinValue;
    }
}
