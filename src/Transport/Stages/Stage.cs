using System.Reactive.Subjects;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>
/// Reads one topic, pushes it through a flow and publishes what comes out: exactly once, since outputs and progress are one append, and a
/// start rewinds to the earliest record that an open window needs and publishes nothing again. Knows nothing of any particular log.
/// </summary>
public sealed class Stage(Flow flow, ILog log, StageTools tools, StageLimits limits)
{
    /// <summary>
    /// Runs the flow over one partition until <paramref name="stop"/>, and then finishes the slice in hand.
    /// </summary>
    /// <exception cref="FencedException">Somebody else took this partition of the stage over.</exception>
    /// <exception cref="LogUnavailableException">The log took no more; running again goes on where this left off.</exception>
    public async Task RunAsync(int partition, CancellationToken stop, CancellationToken abort)
    {
        var writer = await log.OpenAsync($"{flow.Name}-{partition}", abort);
        var input = new TopicPartition(flow.Input, partition);
        var (from, progress) = await RewindReach.OfAsync(log, input, await log.LastProgressAsync(tools.Topics.Progress, flow.Name, partition, abort), abort);
        var position = tools.Positions.Open(flow.Name, partition, from);
        var ends = new StageEnds(tools.Topics.Progress, input, position);
        var publisher = new Publisher(writer, ends, progress ?? Beginning(partition), limits, tools.Time);
        try
        {
            await using var feed = new SliceFeed(log, input, from, stop);
            await RunAsync(feed, new FlowStart(partition, progress), publisher, abort);
            await publisher.FlushAsync(abort);
        }
        finally
        {
            tools.Positions.Close(position);
        }
    }

    private async Task RunAsync(SliceFeed feed, FlowStart start, Publisher publisher, CancellationToken abort)
    {
        using var slices = new Subject<LogSlice>();
        OutputBatch? output = null;
        using var subscription = flow.Build(slices, start).Subscribe(batch => output = batch);
        slices.OnNext(Nothing(flow.Input, start));
        publisher.Begin(output!.Rewind);
        var mark = new InputMark();
        for (; await NextAsync(feed, publisher, abort); feed.Advance())
        {
            slices.OnNext(feed.Current);
            mark = mark.After(feed.Current);
            await publisher.PublishAsync(output!, mark, abort);
        }
    }

    /// <summary>An empty slice, for a flow to say what it begins from.</summary>
    private static LogSlice Nothing(string topic, FlowStart start)
    {
        var slice = new LogSlice();
        slice.Begin(new TopicPartition(topic, start.Partition), ReadOnlyMemory<byte>.Empty, start.Progress?.RewindTo ?? 0);
        return slice;
    }

    private static async ValueTask<bool> NextAsync(SliceFeed feed, Publisher publisher, CancellationToken abort)
    {
        await publisher.WaitAsync(feed.Next, abort);
        return await feed.Next;
    }

    private Progress Beginning(int partition) =>
        new(flow.Name, partition, 0, Watermark.None, -1, Place.All, -1, new Dictionary<string, long>());
}

/// <summary>What all stages of a process share.</summary>
public sealed record StageTools(Topics Topics, StagePositions Positions, TimeProvider Time);
