using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Recordings;

/// <summary>
/// Runs the recorded observations through flows as a log's stages would, on one thread and without a log: what one flow publishes for another
/// is handed on at once. The partitions take turns by the second in which the log took their records, so the order of what is published
/// depends neither on the speed nor on how the recording was cut into blocks.
/// </summary>
public sealed class Replay : IDisposable
{
    private const long Turn = 1000;

    /// <summary>Where a second holds more, the partitions take turns within it, so that little piles up before a window that spans them.</summary>
    private const int MaxRecordsInTurn = 50_000;

    private readonly IReadOnlyList<RecordingCursor> _cursors;
    private readonly IReadOnlyList<BranchRun> _branches;
    private readonly LogSlice _slice = new();

    /// <param name="branches">All of them see the same records at the same turn.</param>
    /// <exception cref="UnknownTopicException">The recording does not hold what the first flows read.</exception>
    public Replay(Recording recording, params IReadOnlyList<ReplayBranch> branches)
    {
        var input = branches[0].Flows[0].Input;
        var topic = recording.Header.Topics.FirstOrDefault(t => t.Name == input) ?? throw new UnknownTopicException(new TopicPartition(input, 0));
        _cursors = [.. topic.From.Select((_, p) => recording.Read(new TopicPartition(input, p)))];
        _branches = [.. branches.Select(b => new BranchRun(b, [.. topic.From.Select((from, p) => Beginning(b.Flows[0].Name, p, from))]))];
    }

    /// <summary>How many records have been through.</summary>
    public long Records { get; private set; }

    /// <summary>When the log took those that are next, to the second, Unix milliseconds; null before the beginning and at the end.</summary>
    public long? At { get; private set; }

    /// <summary>Replays up to the end or to <paramref name="stop"/>.</summary>
    /// <param name="moved">Called after every second of the log's time.</param>
    /// <exception cref="RecordingDamagedException">The file was changed meanwhile, or its writer erred.</exception>
    public async Task RunAsync(ReplayPace pace, Action moved, CancellationToken stop)
    {
        while (NextTurn() is { } at)
        {
            At = at;
            await pace.WaitAsync(at, stop);
            if (stop.IsCancellationRequested) return;
            while (PushTurn(at + Turn))
                foreach (var branch in _branches) branch.PushBetween(at + Turn);
            moved();
        }
        At = null;
    }

    public void Dispose()
    {
        foreach (var branch in _branches) branch.Dispose();
        foreach (var cursor in _cursors) cursor.Dispose();
    }

    /// <summary>Where the recording does not begin with the topic, only windows that it holds whole are published, as after a change of the windows.</summary>
    private Progress? Beginning(string stage, int partition, long from) => from == 0 ? null
        : new Progress(stage, partition, from, Watermark.None, from - 1, Outputs: -1, _cursors[partition].NextTime ?? 0, new Dictionary<string, long>());

    private long? NextTurn() => _cursors.Min(c => c.NextTime) is { } time ? time - (time % Turn + Turn) % Turn : null;

    /// <returns>Whether there was anything left.</returns>
    private bool PushTurn(long before)
    {
        var pushed = 0L;
        for (var p = 0; p < _cursors.Count; p++)
        {
            for (var room = MaxRecordsInTurn; _cursors[p].Fill(_slice, before, room); room -= _slice.Count)
            {
                pushed += _slice.Count;
                foreach (var branch in _branches) branch.Push(p, _slice);
            }
        }
        Records += pushed;
        return pushed > 0;
    }
}
