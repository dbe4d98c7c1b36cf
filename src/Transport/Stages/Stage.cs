using System.Reactive.Subjects;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>
/// Reads one topic, pushes it through a flow and publishes what comes out: exactly once, since outputs and progress are one append, and a
/// start rewinds to the earliest record that an open window needs and publishes nothing again. Knows nothing of any particular log.
/// </summary>
public sealed class Stage(Flow flow, Topics topics, ILog log, StagePositions positions, StageLimits limits)
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
        var progress = await log.LastProgressAsync(topics.Progress, flow.Name, partition, abort);
        if (progress is not null) progress = await RewindReach.LimitAsync(log, input, progress, abort);
        var publisher = new Publisher(writer, topics.Progress, progress ?? Beginning(partition), limits);
        var position = positions.Open(flow.Name, partition);

        using var slices = new Subject<LogSlice>();
        OutputBatch? output = null;
        using var subscription = flow.Build(slices, new FlowStart(partition, progress)).Subscribe(batch => output = batch);

        await foreach (var slice in log.ReadAsync(input, progress?.RewindTo ?? 0, stop))
        {
            slices.OnNext(slice);
            await publisher.PublishAsync(output!, abort);
            position.Moved(slice);
        }
    }

    private Progress Beginning(int partition) =>
        new(flow.Name, partition, 0, Watermark.None, -1, Place.All, -1, new Dictionary<string, long>());
}
