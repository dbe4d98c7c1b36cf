using System.Runtime.CompilerServices;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Rebuilding;

/// <summary>How far the log reaches, for a rebuild.</summary>
internal sealed class LogReach(ILog log, Topics topics, RebuiltWindow window)
{
    /// <summary>Up to which end the running stages are final.</summary>
    public async Task<FinalEnds> FinalAsync(CancellationToken abort)
    {
        var first = await ProgressAsync(window.Flows[0], abort);
        var second = await ProgressAsync(window.Flows[1], abort);
        return FinalEnds.Of(window.Plan, first, second, await NamedAsync([.. second.Select(p => p?.RewindTo ?? 0)], abort)); // in this order: what is told later is no less
    }

    /// <summary>From when on the samples are there, and what was promised by then is known; null where there are none.</summary>
    public async Task<long?> WholeFromAsync(CancellationToken abort)
    {
        var input = await log.TopicAsync(topics.Observations, abort);
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
        var state = await log.TopicAsync(topic, abort);
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

    private async Task<Progress?[]> ProgressAsync(Flow stage, CancellationToken abort)
    {
        var progress = new Progress?[(await log.TopicAsync(stage.Input, abort)).Partitions.Count];
        for (var p = 0; p < progress.Length; p++) progress[p] = await log.LastProgressAsync(topics.Progress, stage.Name, p, abort);
        return progress;
    }

    /// <summary>The definitions that the ticks on the topic of partial results name.</summary>
    private async Task<IReadOnlySet<string>> NamedAsync(IReadOnlyList<long> from, CancellationToken abort)
    {
        var named = new HashSet<string>();
        var state = await log.TopicAsync(topics.Partials, abort);
        await using var turns = new LogTurns(log, state, [.. from.Select((offset, p) => Math.Max(offset, state.Partitions[p].First))], abort);
        while (await turns.NextAsync(abort) is { } slice)
        {
            for (var i = 0; i < slice.Count; i++)
                if (slice[i].Key.SequenceEqual("tick"u8) && slice[i].Value.IndexOf("\"since\""u8) >= 0) named.UnionWith(NamedBy(slice[i].Value));
        }
        return named;
    }

    private static IEnumerable<string> NamedBy(ReadOnlySpan<byte> tick)
    {
        try
        {
            return JsonSerializer.Deserialize(tick, WireFormat.Records.Tick)?.Since?.Keys ?? [];
        }
        catch (JsonException)
        {
            return []; // the merge sets it aside as well
        }
    }
}
