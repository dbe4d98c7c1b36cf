using System.Runtime.CompilerServices;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Rebuilding;

/// <summary>How far the log reaches, for a rebuild.</summary>
internal sealed class LogReach(ILog log, Topics topics, RebuiltWindow window)
{
    /// <summary>Up to which end the running stages are final.</summary>
    public async Task<FinalEnds> FinalAsync(CancellationToken abort)
    {
        var partitions = (await StateAsync(topics.Observations, abort)).Partitions.Count;
        var progress = new List<Progress?[]>();
        foreach (var stage in window.Flows.Select(f => f.Name))
        {
            var on = new Progress?[partitions];
            for (var p = 0; p < partitions; p++) on[p] = await log.LastProgressAsync(topics.Progress, stage, p, abort);
            progress.Add(on);
        }
        return FinalEnds.Of(window.Plan, progress[0], progress[1]);
    }

    /// <summary>From when on the samples are there, and what was promised by then is known; null where there are none.</summary>
    public async Task<long?> WholeFromAsync(CancellationToken abort)
    {
        var input = await StateAsync(topics.Observations, abort);
        var whole = 0L;
        for (var p = 0; p < input.Partitions.Count; p++)
        {
            var state = input.Partitions[p];
            if (state.First == 0) continue;
            if (await log.FirstFromAsync(new TopicPartition(input.Name, p), state.First, state.End, abort) is not { } first) return null;
            whole = Math.Max(whole, first.Time + window.Margin);
        }
        return whole;
    }

    /// <summary>The topic's records in turns, from those on that tell of a time, Unix milliseconds.</summary>
    public async Task<(LogTurns Turns, IReadOnlyList<long> From)> ReadAsync(string topic, long since, CancellationToken abort)
    {
        var state = await StateAsync(topic, abort);
        var from = new long[state.Partitions.Count];
        for (var p = 0; p < from.Length; p++) from[p] = await log.OffsetAtAsync(new TopicPartition(topic, p), state.Partitions[p], since - window.Margin, abort);
        return (new LogTurns(log, state, from, abort), from);
    }

    /// <summary>The topic of the results, from where those of an end can be on.</summary>
    public async IAsyncEnumerable<LogSlice> ResultsAsync(long end, [EnumeratorCancellation] CancellationToken abort)
    {
        await using var turns = (await ReadAsync(topics.Windows, end, abort)).Turns;
        while (await turns.NextAsync(abort) is { } slice) yield return slice;
    }

    private async Task<TopicState> StateAsync(string topic, CancellationToken abort) =>
        (await log.DescribeAsync(abort)).FirstOrDefault(t => t.Name == topic) ?? throw new UnknownTopicException(new TopicPartition(topic, 0));
}
