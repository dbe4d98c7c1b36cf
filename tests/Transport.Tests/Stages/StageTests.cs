using System.Reactive.Linq;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

public sealed class StageTests
{
    private static readonly TopicPartition Input = new("input", 0);
    private static readonly Topics Names = new();
    private static readonly TopicPartition Output = new("output", 0);
    private static readonly Flow Silent = new("silent", Input.Topic, (slices, _) => slices.Select(Nothing));
    private static readonly Flow Echo = new("echo", Input.Topic, (slices, _) => slices.Select(slice =>
    {
        var batch = Nothing(slice);
        for (var i = 0; i < slice.Count; i++) batch.Add(slice[i].Offset, Output, slice[i].Key.ToArray(), slice[i].Value.ToArray());
        return batch;
    }));

    private readonly TestTimeProvider _time = new();
    private readonly StagePositions _positions = new();
    private readonly InMemoryLog _log;

    public StageTests() =>
        _log = new InMemoryLog([.. new[] { Input.Topic, Output.Topic, Names.Progress }.Select(t => new TopicSpec(t, 1, TimeSpan.MaxValue, long.MaxValue))], _time);

    [Fact]
    public async Task Stage_that_was_stopped_with_everything_done_has_nothing_left_to_read()
    {
        await Append(batch => batch.Add(Input, "k"u8, "v"u8));
        var end = (await _log.StateOf(Input)).End;
        await Append(batch => batch.AddProgress(Names.Progress, new Progress(Silent.Name, 0, end, Watermark.None, end - 1, Place.All, 0, new Dictionary<string, long>())));
        Assert.Equal(end, await PositionOfOneThatStarts());
    }

    [Fact]
    public async Task Stage_over_what_retention_has_emptied_has_nothing_left_to_read()
    {
        await Append(batch => batch.Add(Input, "k"u8, "v"u8));
        var end = (await _log.StateOf(Input)).End;
        _log.Truncate(Input, (int)end);
        Assert.Equal(end, await PositionOfOneThatStarts());
    }

    [Fact]
    public async Task Cut_right_after_the_last_output_of_an_input_is_closed_by_the_next_start()
    {
        await Append(batch => batch.Add(Input, "k"u8, "v"u8));
        await Append(batch => batch.AddProgress(Names.Progress, new Progress(Silent.Name, 0, 0, Watermark.None, 0, Outputs: 1, 0, new Dictionary<string, long>())));
        await PositionOfOneThatStarts();
        var progress = await _log.LastProgressAsync(Names.Progress, Silent.Name, 0, default);
        Assert.Equal((0, Place.All), (progress!.PublishedThrough, progress.Outputs));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(90)]
    public async Task Stage_on_a_machine_so_busy_that_time_passes_between_two_looks_at_the_clock_goes_on(int milliseconds)
    {
        await Append(batch => batch.Add(Input, "k"u8, "v"u8));
        using var stop = new CancellationTokenSource();
        var time = new PassingTime(_time, TimeSpan.FromMilliseconds(milliseconds));
        var running = new Stage(Echo, _log, new StageTools(Names, _positions, time), new StageLimits(MaxAge: TimeSpan.FromMilliseconds(100))).RunAsync(0, stop.Token, CancellationToken.None);
        await stop.CancelAsync();
        await running;
        Assert.Equal(1, (await _log.StateOf(Output)).End);
    }

    private static OutputBatch Nothing(LogSlice slice)
    {
        var batch = new OutputBatch();
        batch.Begin(slice.NextOffset, new RewindPoint(slice.NextOffset, Watermark.None, -1, new Dictionary<string, long>()));
        return batch;
    }

    private async Task<long> PositionOfOneThatStarts()
    {
        using var stop = new CancellationTokenSource();
        var running = new Stage(Silent, _log, new StageTools(Names, _positions, _time), new StageLimits()).RunAsync(0, stop.Token, CancellationToken.None);
        var next = Assert.Single(_positions.All).Next;
        await stop.CancelAsync();
        await running;
        return next;
    }

    private async Task Append(Action<RecordBatch> fill)
    {
        var batch = new RecordBatch();
        fill(batch);
        await (await _log.OpenAsync("writer", default)).AppendAsync(batch, default);
    }
}
