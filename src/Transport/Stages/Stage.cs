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
    /// Runs the flow over one partition until <paramref name="stop"/>, and then finishes the slice in hand. Where its windows are not those
    /// of the run before and that was killed amid the outputs of an input, the rest of these is published first, by the windows of then.
    /// </summary>
    /// <exception cref="FencedException">Somebody else took this partition of the stage over.</exception>
    /// <exception cref="LogUnavailableException">The log took no more; running again goes on where this left off.</exception>
    public async Task RunAsync(int partition, CancellationToken stop, CancellationToken abort)
    {
        var writer = await log.OpenAsync($"{flow.Name}-{partition}", abort);
        var progress = await ProgressAsync(partition, abort);
        if (progress is { Outputs: >= 0 } && flow.ChangeSince(progress)?.Then is { } then)
        {
            await RunAsync(then, progress, writer, new StageSpan(partition, progress.PublishedThrough, stop), abort);
            progress = await ProgressAsync(partition, abort);
            if (progress is { Outputs: >= 0 }) return; // stopped on the way
        }
        if (progress is not null && flow.ChangeSince(progress) is { } change)
            progress = await RewindReach.ChangedAsync(log, new TopicPartition(flow.Input, partition), change, abort);
        await RunAsync(flow, progress, writer, new StageSpan(partition, long.MaxValue, stop), abort);
    }

    private async Task<Progress?> ProgressAsync(int partition, CancellationToken abort) =>
        await log.LastProgressAsync(tools.Topics.Progress, flow.Name, partition, abort) is { } last
            ? await RewindReach.LeftOfAsync(log, new TopicPartition(flow.Input, partition), last, abort) : null;

    private async Task RunAsync(Flow run, Progress? progress, ILogWriter writer, StageSpan span, CancellationToken abort)
    {
        var input = new TopicPartition(run.Input, span.Partition);
        var from = await FirstAsync(input, RewindReach.From(progress), abort);
        var position = tools.Positions.Open(run.Name, span.Partition, from);
        var publisher = new Publisher(writer, new StageEnds(tools.Topics.Progress, input, position), progress ?? Beginning(span.Partition), limits, tools.Time);
        try
        {
            await using var feed = new SliceFeed(log, input, from, span.Stop);
            await RunAsync(run, new FlowStart(span.Partition, progress), feed, publisher, span.Through, abort);
            await publisher.FlushAsync(abort);
        }
        finally
        {
            tools.Positions.Close(position);
        }
    }

    private static async Task RunAsync(Flow run, FlowStart start, SliceFeed feed, Publisher publisher, long through, CancellationToken abort)
    {
        using var slices = new Subject<LogSlice>();
        OutputBatch? output = null;
        using var subscription = run.Build(slices, start).Subscribe(batch => output = batch);
        slices.OnNext(Nothing(run.Input, start));
        publisher.Begin(output!.Rewind);
        var mark = new InputMark();
        for (var next = 0L; next <= through && await NextAsync(feed, publisher, abort); feed.Advance())
        {
            slices.OnNext(feed.Current);
            mark = mark.After(feed.Current);
            next = mark.Next;
            await publisher.PublishAsync(output!, mark, abort);
        }
    }

    /// <summary>An empty slice, for a flow to say what it begins from.</summary>
    private static LogSlice Nothing(string topic, FlowStart start)
    {
        var slice = new LogSlice();
        slice.Begin(new TopicPartition(topic, start.Partition), ReadOnlyMemory<byte>.Empty, RewindReach.From(start.Progress));
        return slice;
    }

    private static async ValueTask<bool> NextAsync(SliceFeed feed, Publisher publisher, CancellationToken abort)
    {
        await publisher.WaitAsync(feed.Next, abort);
        return await feed.Next;
    }

    /// <summary>The offset itself, or the first that is still there.</summary>
    private async Task<long> FirstAsync(TopicPartition input, long wanted, CancellationToken abort) =>
        Math.Max(wanted, (await log.StateAsync(input, abort)).First);

    private Progress Beginning(int partition) =>
        new(flow.Name, partition, 0, Watermark.None, -1, Place.All, -1, new Dictionary<string, long>());

    /// <param name="Through">Ends once this input is published.</param>
    private sealed record StageSpan(int Partition, long Through, CancellationToken Stop);
}

/// <summary>What all stages of a process share.</summary>
public sealed record StageTools(Topics Topics, StagePositions Positions, TimeProvider Time);
